package io.sluice.rocketmq.topics;

import io.sluice.rocketmq.RocketMqError;
import io.sluice.rocketmq.client.CallFailure;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RefusedRecordException;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.sink.Sink;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.sink.WriteResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Writes each record to the topic that it names: by a sink for each topic, opened when the first
 * record for it comes. Records of a partition are stored one topic after the other in the order of
 * the source, so that none is stored before another one that came earlier.
 *
 * <p>It does not tell where a partition goes on, as it does not know which topics earlier runs have
 * written.
 */
public final class TopicsSink implements Sink {
  /** Topics that a flow may write: each takes memory, and a look at its route every few seconds. */
  public static final int MOST_TOPICS = 256;

  private static final Set<RocketMqError> OF_THE_RECORD =
      Set.of(RocketMqError.TOPIC_MISSING, RocketMqError.TOPIC_NOT_CREATED);

  private final Function<String, Sink> opener;
  private final Location place;
  private final Map<String, CompletableFuture<Sink>> sinks = new HashMap<>();
  private List<Partition> partitions = List.of();

  /**
   * @param instance that is written
   * @param opener makes the sink of a topic
   */
  public TopicsSink(String instance, Function<String, Sink> opener) {
    this.opener = opener;
    this.place = new Location.Named("instance " + instance);
  }

  @Override
  public synchronized CompletionStage<Void> prepare(
      List<Partition> all, Map<Partition, TargetPosition> known) {
    partitions = List.copyOf(all);
    return forEach(sink -> sink.prepare(all, Map.of()));
  }

  @Override
  public synchronized CompletionStage<Void> release(List<Partition> released) {
    partitions = partitions.stream().filter(partition -> !released.contains(partition)).toList();
    return forEach(sink -> sink.release(released));
  }

  /** Calls every sink that is open. One that is being opened and fails is opened anew later. */
  private CompletableFuture<Void> forEach(Function<Sink, CompletionStage<Void>> call) {
    List<CompletableFuture<Void>> calls = new ArrayList<>();
    for (CompletableFuture<Sink> sink : List.copyOf(sinks.values())) {
      calls.add(
          sink.handle(
                  (opened, failure) ->
                      failure == null
                          ? call.apply(opened).toCompletableFuture()
                          : CompletableFuture.<Void>completedFuture(null))
              .thenCompose(Function.identity()));
    }
    return CompletableFuture.allOf(calls.toArray(CompletableFuture<?>[]::new));
  }

  @Override
  public CompletionStage<WriteResult> write(Batch batch) {
    return new TopicPassage(Stretch.of(batch), this::write).begin();
  }

  private CompletableFuture<WriteResult> write(Stretch stretch) {
    return sink(stretch.topic())
        .thenCompose(sink -> sink.write(stretch.records()))
        .exceptionally(failure -> new WriteResult.NotStored(stretch.first(), reason(failure)));
  }

  /** {@inheritDoc} Only the first topic's records of the batch have been sent. */
  @Override
  public CompletionStage<WriteResult> resolve(Batch batch) {
    List<Stretch> stretches = Stretch.of(batch);
    Stretch sent = stretches.get(0);
    return sink(sent.topic())
        .thenCompose(sink -> sink.resolve(sent.records()))
        .thenApply(
            answer ->
                answer instanceof WriteResult.Stored && stretches.size() > 1
                    ? new WriteResult.NotStored(stretches.get(1).first(), notSent(stretches.get(1)))
                    : answer instanceof WriteResult.Stored ? TopicPassage.STORED : answer)
        .exceptionally(failure -> new WriteResult.Unknown(sent.first(), reason(failure)));
  }

  private SluiceException notSent(Stretch stretch) {
    return new RetriableException(
        RocketMqError.OUTCOME_UNKNOWN,
        "records for topic " + stretch.topic() + " wait behind those that were looked for",
        place);
  }

  private synchronized CompletableFuture<Sink> sink(String topic) {
    CompletableFuture<Sink> known = sinks.get(topic);
    if (known != null) {
      return known;
    }
    if (!TopicNames.isWritable(topic)) {
      return refused("'" + topic + "' is not the name of a topic that can be written");
    }
    if (sinks.size() >= MOST_TOPICS) {
      return refused("topic " + topic + " would be one more than " + MOST_TOPICS);
    }
    try {
      return open(topic);
    } catch (SluiceException failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  private CompletableFuture<Sink> refused(String why) {
    return CompletableFuture.failedFuture(
        new RefusedRecordException(RocketMqError.TOPIC_UNFIT, why, place));
  }

  private CompletableFuture<Sink> open(String topic) {
    Sink sink = opener.apply(topic);
    CompletableFuture<Sink> opened =
        sink.prepare(partitions, Map.of()).thenApply(ready -> sink).toCompletableFuture();
    sinks.put(topic, opened);
    opened.whenComplete(
        (ready, failure) -> {
          if (failure != null) {
            forget(topic);
            sink.close();
          }
        });
    return opened;
  }

  private synchronized void forget(String topic) {
    sinks.remove(topic);
  }

  /** A topic that is not there, and is not to be made, is what is wrong with its record. */
  private SluiceException reason(Throwable failure) {
    Throwable cause = CallFailure.unwrap(failure);
    if (!(cause instanceof SluiceException known)) {
      return new SluiceException(
          RocketMqError.UNEXPECTED_ANSWER, "a topic could not be opened: " + cause, place);
    }
    boolean ofTheRecord =
        known.code() instanceof RocketMqError code
            && OF_THE_RECORD.contains(code)
            && !(known instanceof RetriableException);
    return ofTheRecord
        ? new RefusedRecordException(
            known.code(), known.message(), known.location(), known.suggestion(), known)
        : known;
  }

  @Override
  public synchronized void close() {
    sinks.values().forEach(sink -> sink.thenAccept(Sink::close));
  }
}
