/** Writing: one batch in flight for each target queue, and looking at what the target holds. */
@NullMarked
package io.sluice.rocketmq.sink;

import org.jspecify.annotations.NullMarked;
