package io.sluice.rocketmq.topics;

import io.sluice.sdk.sink.WriteResult;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * One batch on its way: one topic after the other, until all is stored or one part is not. For one
 * thread at a time.
 */
final class TopicPassage {
  /** Where the target stands has no one answer. */
  static final WriteResult STORED = new WriteResult.Stored(Optional.empty());

  private final Iterator<Stretch> stretches;
  private final Function<Stretch, CompletableFuture<WriteResult>> writer;
  private final CompletableFuture<WriteResult> result = new CompletableFuture<>();

  TopicPassage(List<Stretch> stretches, Function<Stretch, CompletableFuture<WriteResult>> writer) {
    this.stretches = stretches.iterator();
    this.writer = writer;
  }

  /** Writes. Called once. The answer does not fail. */
  CompletableFuture<WriteResult> begin() {
    goOn();
    return result;
  }

  private void goOn() {
    while (stretches.hasNext()) {
      CompletableFuture<WriteResult> written = writer.apply(stretches.next());
      if (!written.isDone()) {
        written.thenAccept(this::answered);
        return;
      }
      if (!isStored(written.join())) { // without deepening the stack
        return;
      }
    }
    result.complete(STORED);
  }

  private void answered(WriteResult answer) {
    if (isStored(answer)) {
      goOn();
    }
  }

  private boolean isStored(WriteResult answer) {
    boolean stored = answer instanceof WriteResult.Stored;
    if (!stored) {
      result.complete(answer);
    }
    return stored;
  }
}
