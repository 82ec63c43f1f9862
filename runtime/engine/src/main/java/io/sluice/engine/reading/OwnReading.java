package io.sluice.engine.reading;

import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.source.BatchReceiver;
import io.sluice.sdk.source.ResumePoint;
import io.sluice.sdk.source.Source;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The reading of a flow that reads for itself while it is not at the shared one. Thread-safe. */
final class OwnReading implements BatchReceiver {
  private final SharedSource member;
  private final Source source;

  OwnReading(SharedSource member, Source source) {
    this.member = member;
    this.source = source;
  }

  Source source() {
    return source;
  }

  @Override
  public CompletionStage<Map<Partition, ResumePoint>> assigned(List<Partition> partitions) {
    return member.assigned(partitions);
  }

  @Override
  public void offer(Batch batch) {
    member.offeredBy(this, batch);
  }

  /** Who reads without a group shares its partitions with nobody. */
  @Override
  public CompletionStage<Void> revoked(List<Partition> partitions) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void troubled(SluiceException cause) {
    member.tell(this, receiver -> receiver.troubled(cause));
  }

  @Override
  public void recovered() {
    member.tell(this, BatchReceiver::recovered);
  }

  @Override
  public void failed(SluiceException cause) {
    member.tell(this, receiver -> receiver.failed(cause));
  }
}
