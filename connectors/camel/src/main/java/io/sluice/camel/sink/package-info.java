/** Endpoints as sinks: what an exchange's end says of its records. */
@NullMarked
package io.sluice.camel.sink;

import org.jspecify.annotations.NullMarked;
