/** Where records go, and the three answers that a write can have. */
@NullMarked
package io.sluice.sdk.sink;

import org.jspecify.annotations.NullMarked;
