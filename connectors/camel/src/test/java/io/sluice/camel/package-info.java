/** Tests of the connector against real peers. */
@NullMarked
package io.sluice.camel;

import org.jspecify.annotations.NullMarked;
