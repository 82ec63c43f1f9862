/** From batches of records to the bytes of send requests: what crosses, what is stripped. */
@NullMarked
package io.sluice.rocketmq.transcode;

import org.jspecify.annotations.NullMarked;
