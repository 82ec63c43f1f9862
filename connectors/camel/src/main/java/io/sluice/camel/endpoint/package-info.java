/** What a flow says of an endpoint: checked against Camel's catalogue, and brought to life. */
@NullMarked
package io.sluice.camel.endpoint;

import org.jspecify.annotations.NullMarked;
