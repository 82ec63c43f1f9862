package io.sluice.rocketmq.transcode;

import io.sluice.sdk.batch.Position;

/** What goes into one send request. */
public sealed interface SendRequest permits BatchRequest, SingleRequest {

  /** Records in it. */
  int count();

  /** Position of its first record. */
  Position first();

  /** Position after its last record. */
  Position next();

  /** {@code sysFlag} of the request header: compression bits only. */
  int sysFlag();

  /** {@code bornTimestamp} of the request header, in milliseconds. */
  long bornMillis();

  /** Body of the request. Not copied: not to be changed. */
  byte[] body();
}
