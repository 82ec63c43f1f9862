/** Messages and events, seen one by one. */
@NullMarked
package io.sluice.sdk.record;

import org.jspecify.annotations.NullMarked;
