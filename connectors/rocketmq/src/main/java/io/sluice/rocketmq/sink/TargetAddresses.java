package io.sluice.rocketmq.sink;

import io.sluice.rocketmq.RocketMqError;
import io.sluice.rocketmq.route.Queue;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RetriableException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Where target queues are at the moment.
 *
 * @param instance name of the target
 * @param route address of a queue's master, if it is alive
 */
record TargetAddresses(String instance, Function<Queue, Optional<String>> route) {

  /** Asks a queue's master, or fails with a SluiceException if there is none. */
  <T> CompletableFuture<T> at(Queue queue, Function<String, CompletableFuture<T>> question) {
    return route
        .apply(queue)
        .map(question)
        .orElseGet(
            () ->
                CompletableFuture.failedFuture(
                    new RetriableException(
                        RocketMqError.UNREACHABLE,
                        "target broker " + queue.broker() + " has no living master",
                        new Location.Named("instance " + instance))));
  }
}
