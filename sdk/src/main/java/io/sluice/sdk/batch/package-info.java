/** Contiguous runs of records: the unit that moves through the engine. */
@NullMarked
package io.sluice.sdk.batch;

import org.jspecify.annotations.NullMarked;
