package io.sluice.rocketmq.transcode;

import io.sluice.sdk.batch.Position;

/**
 * One record that is too large for a batch's envelope, for one {@code SEND_MESSAGE_V2} request.
 *
 * @param properties {@code properties} of the request header
 * @param flag {@code flag} of the request header
 */
public record SingleRequest(
    Position first,
    Position next,
    int sysFlag,
    long bornMillis,
    String properties,
    int flag,
    byte[] body)
    implements SendRequest {

  @Override
  public int count() {
    return 1;
  }
}
