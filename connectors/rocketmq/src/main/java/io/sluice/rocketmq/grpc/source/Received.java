package io.sluice.rocketmq.grpc.source;

import io.sluice.sdk.record.DetachedRecord;
import java.util.concurrent.CompletableFuture;

/**
 * A message that this source has and nobody else gets before a time, unless that is renewed.
 * Thread-safe.
 */
final class Received {
  private final DetachedRecord record;
  private final String broker;
  private final int queue;
  private final String messageId;
  private final long bytes;
  private volatile String handle;
  private volatile long visibleAt;
  private volatile CompletableFuture<Void> renewal = CompletableFuture.completedFuture(null);

  /**
   * @param queue of the broker, from which it came
   * @param bytes as it counts in flight
   * @param handle the receipt, by which it is acknowledged
   * @param visibleAt when others may get it, monotonic
   */
  Received(
      DetachedRecord record,
      String broker,
      int queue,
      String messageId,
      long bytes,
      String handle,
      long visibleAt) {
    this.record = record;
    this.broker = broker;
    this.queue = queue;
    this.messageId = messageId;
    this.bytes = bytes;
    this.handle = handle;
    this.visibleAt = visibleAt;
  }

  DetachedRecord record() {
    return record;
  }

  String broker() {
    return broker;
  }

  int queue() {
    return queue;
  }

  String messageId() {
    return messageId;
  }

  long bytes() {
    return bytes;
  }

  String handle() {
    return handle;
  }

  /** Nanoseconds from now until others may get it. */
  long visibleIn(long now) {
    return visibleAt - now;
  }

  /** It has another receipt now, and another time. */
  void renewed(String newHandle, long newVisibleAt) {
    handle = newHandle;
    visibleAt = newVisibleAt;
  }

  /** The receipt is about to change. */
  void renewing(CompletableFuture<Void> end) {
    renewal = end;
  }

  /** Completes, never with a failure, when the receipt is not about to change. */
  CompletableFuture<Void> settled() {
    return renewal;
  }
}
