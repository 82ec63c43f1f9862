/** Where records come from, and the bookkeeping of what is in flight. */
@NullMarked
package io.sluice.sdk.source;

import org.jspecify.annotations.NullMarked;
