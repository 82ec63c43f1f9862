package io.sluice.engine;

import io.sluice.engine.delivery.Backoff;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.time.Scheduler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Asynchronous calls into connectors and store, which may fail, hang, throw, or answer nothing. */
final class Stages {
  private Stages() {}

  /** Makes a call; whatever it throws comes back in the stage. */
  static <T> CompletionStage<T> call(Supplier<? extends CompletionStage<T>> call) {
    try {
      CompletionStage<T> stage = call.get();
      return stage == null ? CompletableFuture.failedFuture(new NullPointerException()) : stage;
    } catch (RuntimeException | Error failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  /** Runs a blocking call elsewhere. */
  static <T> CompletionStage<T> supply(Executor executor, Supplier<T> call) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    executor.execute(
        () -> {
          try {
            answer.complete(call.get());
          } catch (RuntimeException | Error failure) {
            answer.completeExceptionally(failure);
          }
        });
    return answer;
  }

  /** Completes when the stage does: true if normally and in time, else false. */
  static CompletableFuture<Boolean> within(
      Duration limit, Scheduler scheduler, CompletionStage<?> stage) {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    Scheduler.Cancellable timer = scheduler.after(limit, () -> answer.complete(false));
    stage.whenComplete(
        (value, failure) -> {
          timer.cancel();
          answer.complete(failure == null);
        });
    return answer;
  }

  /**
   * A call that is repeated, with backoff, as long as it fails in a way that may pass.
   *
   * @param who subject of errors, such as {@code the sink}
   * @param wanted asked before each repetition; when it says no, the stage stays open
   * @param troubled told of each failure that is followed by a repetition
   */
  static <T> CompletionStage<T> persistently(
      Supplier<? extends CompletionStage<T>> call,
      String who,
      Location place,
      Scheduler scheduler,
      Backoff backoff,
      BooleanSupplier wanted,
      Consumer<SluiceException> troubled) {
    return new Persistent<>(call, who, place, scheduler, backoff, wanted, troubled).begin();
  }

  private record Persistent<T>(
      Supplier<? extends CompletionStage<T>> call,
      String who,
      Location place,
      Scheduler scheduler,
      Backoff backoff,
      BooleanSupplier wanted,
      Consumer<SluiceException> troubled,
      CompletableFuture<T> answer) {

    private Persistent(
        Supplier<? extends CompletionStage<T>> call,
        String who,
        Location place,
        Scheduler scheduler,
        Backoff backoff,
        BooleanSupplier wanted,
        Consumer<SluiceException> troubled) {
      this(call, who, place, scheduler, backoff, wanted, troubled, new CompletableFuture<>());
    }

    private CompletionStage<T> begin() {
      attempt(1);
      return answer;
    }

    private void attempt(int number) {
      if (!wanted.getAsBoolean()) {
        return;
      }
      Stages.call(call)
          .whenComplete(
              (value, failure) -> {
                if (failure == null) {
                  answer.complete(value);
                } else {
                  failed(number, Failures.of(failure, who, place));
                }
              });
    }

    private void failed(int number, SluiceException cause) {
      if (cause instanceof RetriableException) {
        troubled.accept(cause);
        scheduler.after(backoff.after(number), () -> attempt(number + 1));
      } else {
        answer.completeExceptionally(cause);
      }
    }
  }
}
