package io.sluice.rocketmq.transcode;

import io.sluice.sdk.batch.Position;

/** Records for one {@code SEND_BATCH_MESSAGE} request: stored together or not at all. */
public record BatchRequest(
    int count, Position first, Position next, int sysFlag, long bornMillis, byte[] body)
    implements SendRequest {}
