package io.sluice.sdk.source;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** What {@link Source#start} answers. */
public final class Starting {
  private Starting() {}

  /**
   * Starts a source; whatever it throws comes back in the stage, as it was thrown, also that it
   * answers nothing.
   */
  public static CompletionStage<Void> of(Source source, BatchReceiver receiver) {
    try {
      return of(Objects.requireNonNull(source.start(receiver), "a source answers with a stage"));
    } catch (RuntimeException | Error failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  /** Completes when the last step does, and fails with what a step failed with. */
  public static CompletionStage<Void> of(CompletionStage<?> lastStep) {
    CompletableFuture<Void> started = new CompletableFuture<>();
    lastStep.whenComplete(
        (nothing, failure) -> {
          if (failure == null) {
            started.complete(null);
          } else {
            started.completeExceptionally(
                failure instanceof CompletionException ? failure.getCause() : failure);
          }
        });
    return started;
  }
}
