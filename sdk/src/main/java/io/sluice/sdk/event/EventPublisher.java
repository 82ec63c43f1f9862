package io.sluice.sdk.event;

import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.connector.Connector;
import io.sluice.sdk.connector.TopicWriter;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.sink.Sink;
import io.sluice.sdk.source.InFlight;
import io.sluice.sdk.source.InFlightLimit;
import io.sluice.sdk.time.Scheduler;
import io.sluice.sdk.time.SystemScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Puts events on a bus, which is a topic of a RocketMQ instance. Thread-safe; one for each bus and
 * program is enough.
 *
 * <p>A program needs the libraries {@code sluice-sdk} and {@code sluice-connector-rocketmq}.
 */
public final class EventPublisher implements AutoCloseable {
  /** How long a call waits for its answers, repetitions included. */
  public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(30);

  private static final int DEFAULT_QUEUES = 8;
  private static final int MOST_LANES = 4;
  private static final int THREADS = 2;

  private final Sink sink;
  private final Scheduler scheduler;
  private final Duration patience;
  private final Runnable release;
  private final List<PublisherLane> lanes;
  private final InFlight inFlight = new InFlight(InFlightLimit.DEFAULT);
  private final Set<PutEventsCall> open = ConcurrentHashMap.newKeySet();

  // Guarded by this.
  private Optional<CompletionStage<Void>> ready = Optional.empty();
  private int turn;
  private boolean closed;

  private EventPublisher(
      Sink sink,
      String topic,
      int laneCount,
      Scheduler scheduler,
      Duration patience,
      Runnable release) {
    this.sink = sink;
    this.scheduler = scheduler;
    this.patience = patience;
    this.release = release;
    String name = "put-events/" + UUID.randomUUID() + "/";
    this.lanes =
        IntStream.range(0, laneCount)
            .mapToObj(lane -> new Partition(name + lane, lane))
            .map(partition -> new PublisherLane(partition, topic, sink, scheduler))
            .toList();
  }

  /**
   * A publisher to the topic of a bus that has {@value #DEFAULT_QUEUES} queues, as those have that
   * do not say otherwise, see {@link #open(Instance, String, int)}.
   *
   * @throws SluiceException {@code event.no-connector}
   */
  public static EventPublisher open(Instance instance, String topic) {
    return open(instance, topic, DEFAULT_QUEUES);
  }

  /**
   * A publisher to the topic of a bus, with threads of its own. Connects with the first call; a
   * missing topic is created then, and one with fewer queues given more.
   *
   * @param queues how many queues the topic has, {@code queues} of the bus
   * @throws SluiceException {@code event.no-connector}
   */
  public static EventPublisher open(Instance instance, String topic, int queues) {
    TopicWriter writer =
        ServiceLoader.load(Connector.class).stream()
            .map(ServiceLoader.Provider::get)
            .flatMap(connector -> connector.topicWriter().stream())
            .findFirst()
            .orElseThrow(
                () ->
                    new SluiceException(
                        EventError.NO_CONNECTOR, "no connector writes topics", Location.NONE));
    SystemScheduler scheduler = new SystemScheduler("sluice-publisher", THREADS);
    Sink sink =
        writer.open(
            instance, topic, queues, new PublisherContext("put-events", instance, scheduler));
    return new EventPublisher(
        sink, topic, Math.min(MOST_LANES, queues), scheduler, DEFAULT_PATIENCE, scheduler::close);
  }

  /**
   * A publisher over a sink, which it closes at its end.
   *
   * @param topic that the sink writes
   */
  public static EventPublisher over(
      Sink sink, String topic, Scheduler scheduler, Duration patience) {
    return new EventPublisher(sink, topic, MOST_LANES, scheduler, patience, () -> {});
  }

  /**
   * Puts events. Those of one call are stored in their order, in one queue; between calls there is
   * no order. Does not block.
   *
   * @param events see {@link EventLimits} for how many and how large
   * @return completes when each of them is stored, or has failed; does not fail
   * @throws SluiceException {@code event.bad-call}; nothing is put
   * @throws IllegalStateException after {@link #close}
   */
  public CompletionStage<PutEventsResult> putEvents(List<Event> events) {
    EventLimits.checkCall(events);
    PutEventsCall call = new PutEventsCall(new ArrayList<>(events));
    PublisherLane lane = nextLane();
    call.answerIfDecided();
    if (call.isAnswered()) {
      return call.answer();
    }
    if (!inFlight.tryReserve(call.count(), call.bytes())) {
      call.failOpen(
          new SluiceException(EventError.BUSY, "too much waits for answers", Location.NONE));
      return call.answer();
    }
    open.add(call);
    Scheduler.Cancellable alarm =
        scheduler.after(
            patience, () -> call.giveUp("no answer after " + patience.toSeconds() + " s"));
    call.answer()
        .thenAccept(
            result -> {
              alarm.cancel();
              open.remove(call);
              inFlight.release(call.count(), call.bytes());
            });
    ready()
        .whenComplete(
            (nothing, failure) -> {
              if (failure == null) {
                lane.add(call);
              } else {
                call.failOpen(notReady(failure));
              }
            });
    return call.answer();
  }

  private synchronized PublisherLane nextLane() {
    if (closed) {
      throw new IllegalStateException("the publisher is closed");
    }
    turn = (turn + 1) % lanes.size();
    return lanes.get(turn);
  }

  /** Completes when the topic is there. What failed is tried again with the next call. */
  private synchronized CompletionStage<Void> ready() {
    boolean again =
        ready.map(stage -> stage.toCompletableFuture().isCompletedExceptionally()).orElse(true);
    if (again) {
      List<Partition> partitions = lanes.stream().map(PublisherLane::partition).toList();
      ready = Optional.of(sink.prepare(partitions, Map.of()));
    }
    return ready.orElseThrow();
  }

  private static SluiceException notReady(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    String message =
        cause instanceof SluiceException known
            ? known.message()
            : "the bus cannot be reached: " + cause.getClass().getSimpleName();
    return new SluiceException(
        EventError.NOT_STORED, message, Location.NONE, EventError.NOT_STORED.remedy(), cause);
  }

  /** Gives up what is open, and answers it so. Calling it again does nothing. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    sink.close();
    open.forEach(call -> call.giveUp("the publisher was closed"));
    release.run();
  }
}
