package io.sluice.rocketmq.grpc.source;

import apache.rocketmq.v2.Code;
import apache.rocketmq.v2.Message;
import apache.rocketmq.v2.ReceiveMessageResponse;
import io.sluice.rocketmq.RocketMqError;
import io.sluice.rocketmq.client.AnswerTimes;
import io.sluice.rocketmq.client.CallFailure;
import io.sluice.rocketmq.client.Serial;
import io.sluice.rocketmq.grpc.ProxyAnswers;
import io.sluice.rocketmq.grpc.ProxyClient;
import io.sluice.rocketmq.source.Backoff;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.source.InFlight;
import io.sluice.sdk.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Receives the messages of one broker, by several calls at a time, as far as there is room in
 * flight (I6). After a failure it pauses, longer each time. Thread-safe.
 */
final class Receiver {
  /** Of one message. */
  private static final long EXPECTED_BYTES = 4 << 10;

  private static final long SYSTEM_BYTES = 512;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  /** By then what others had and did not acknowledge has come again. */
  private static final Duration SILENCE = ConsumerCalls.INVISIBLE.plusSeconds(10);

  private final String broker;
  private final Calls calls;
  private final InFlight inFlight;
  private final Scheduler scheduler;
  private final Listener listener;
  private final Serial serial;
  private final Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
  private final ReceiveDepth depth;
  private final HeldQueues held = new HeldQueues();
  private final Set<Runnable> underway = new HashSet<>();
  private int queues;
  private boolean resting;
  private boolean paused;
  private boolean stopped;
  private long silentSince;
  private volatile boolean drained;

  Receiver(String broker, Calls calls, InFlight inFlight, Scheduler scheduler, Listener listener) {
    this.broker = broker;
    this.calls = calls;
    this.inFlight = inFlight;
    this.scheduler = scheduler;
    this.listener = listener;
    this.serial = new Serial(listener::broken);
    this.silentSince = scheduler.nanoTime();
    this.depth = new ReceiveDepth(calls.answerTimes(), silentSince);
  }

  /** How a receiver gets at its proxy. */
  interface Calls {
    /** Begins, when the proxy knows the session. */
    CompletableFuture<ProxyClient.Underway<ReceiveMessageResponse>> receive(
        String broker, int messages);

    /** When answers are late. */
    AnswerTimes answerTimes();

    /** Whether messages are handed out in order. */
    boolean isOrdered();

    Instance instance();
  }

  /** Who uses what a receiver receives. Called on any thread. */
  interface Listener {
    /**
     * Messages have come; they count as in flight, with these bytes.
     *
     * @param since when they were given out, from when on they are hidden from others; monotonic
     */
    void received(String broker, List<Message> messages, long since);

    /** There is no room in flight; {@link #proceed} is to be called when there is. */
    void starves(Receiver receiver);

    void troubled(String broker, SluiceException cause);

    void recovered(String broker);

    void broken(RuntimeException bug);
  }

  /** What a message counts as in flight: about its size, which to know exactly would cost more. */
  static long bytes(Message message) {
    long bytes = SYSTEM_BYTES + message.getBody().size();
    for (Map.Entry<String, String> property : message.getUserPropertiesMap().entrySet()) {
      bytes += property.getKey().length() + property.getValue().length();
    }
    return bytes;
  }

  /**
   * Whether the broker has nothing more for the group: its proxy was asked without a pause for
   * longer than anybody can have kept a message to himself, and had none.
   */
  boolean isDrained() {
    return drained;
  }

  /** There is room in flight. */
  void proceed() {
    serial.execute(this::fill);
  }

  /**
   * The broker has so many queues of the topic.
   *
   * @param number at least one
   */
  void has(int number) {
    serial.execute(() -> queues = number);
  }

  /** Messages that it received are acknowledged, or may come again. */
  void letGo(List<Received> messages) {
    serial.execute(
        () -> {
          messages.forEach(message -> held.letGo(message.queue()));
          fill();
        });
  }

  void pause() {
    serial.execute(
        () -> {
          paused = true;
          interrupted();
        });
  }

  void resume() {
    serial.execute(
        () -> {
          paused = false;
          interrupted();
          fill();
        });
  }

  /** Receives nothing more; calls that wait at the proxy are given up. */
  void stop() {
    serial.execute(
        () -> {
          stopped = true;
          List.copyOf(underway).forEach(Runnable::run);
        });
  }

  private void fill() {
    while (!stopped && !paused && !resting && underway.size() < most()) {
      int messages = depth.messages();
      if (!inFlight.tryReserve(messages, messages * EXPECTED_BYTES)) {
        listener.starves(this);
        return;
      }
      receive(new Call(messages, scheduler.nanoTime()));
    }
  }

  private int most() {
    return calls.isOrdered() ? depth.callsInOrder(queues - held.count()) : depth.calls(queues);
  }

  /** One that is under way: what it asks for, and since when. */
  private record Call(int messages, long askedAt) {
    /** What is set aside in flight. */
    long expectedBytes() {
      return messages * EXPECTED_BYTES;
    }
  }

  private void receive(Call asked) {
    CompletableFuture<Runnable> cancel = new CompletableFuture<>();
    Runnable handle = () -> cancel.thenAccept(Runnable::run);
    underway.add(handle);
    calls
        .receive(broker, asked.messages())
        .thenCompose(
            call -> {
              cancel.complete(call.cancel());
              return call.answers();
            })
        .whenComplete(
            (answers, failure) ->
                serial.execute(
                    () -> {
                      underway.remove(handle);
                      if (failure == null) {
                        answered(asked, answers);
                      } else {
                        inFlight.release(asked.messages(), asked.expectedBytes());
                        depth.failed(asked.askedAt(), underway.size(), scheduler.nanoTime());
                        failed(CallFailure.unwrap(failure));
                      }
                    }));
  }

  private void answered(Call asked, ProxyClient.Answers<ReceiveMessageResponse> answers) {
    long now = scheduler.nanoTime();
    List<Message> messages = new ArrayList<>();
    SluiceException refusal = null;
    for (ReceiveMessageResponse answer : answers.all()) {
      if (answer.hasMessage()) {
        messages.add(answer.getMessage());
        held.take(answer.getMessage().getSystemProperties().getQueueId());
      } else if (answer.hasStatus()
          && answer.getStatus().getCode() != Code.OK
          && answer.getStatus().getCode() != Code.MESSAGE_NOT_FOUND) {
        refusal =
            ProxyAnswers.error(
                answer.getStatus(), calls.instance(), "a request for messages of " + broker);
      }
    }
    inFlight.settle(
        asked.messages(),
        asked.expectedBytes(),
        messages.size(),
        messages.stream().mapToLong(Receiver::bytes).sum());
    depth.answered(
        asked.messages(),
        messages.size(),
        asked.askedAt(),
        answers.crossedNanos(),
        underway.size(),
        now);
    if (messages.isEmpty()) {
      drained = scheduler.nanoTime() - silentSince >= SILENCE.toNanos();
    } else {
      interrupted();
      listener.received(broker, messages, now - answers.crossedNanos());
    }
    if (refusal != null) {
      failed(refusal);
      return;
    }
    if (backoff.reset()) {
      listener.recovered(broker);
    }
    fill();
  }

  /** Whether there is more is open again. */
  private void interrupted() {
    silentSince = scheduler.nanoTime();
    drained = false;
  }

  private void failed(Throwable failure) {
    interrupted();
    if (stopped || resting) {
      return; // the others that were under way fail for the same reason
    }
    listener.troubled(
        broker,
        failure instanceof SluiceException known
            ? known
            : new RetriableException(
                RocketMqError.UNEXPECTED_ANSWER,
                "receiving from " + broker + " failed: " + failure,
                new Location.Named("instance " + calls.instance().name())));
    resting = true;
    scheduler.after(
        backoff.next(),
        () ->
            serial.execute(
                () -> {
                  resting = false;
                  fill();
                }));
  }
}
