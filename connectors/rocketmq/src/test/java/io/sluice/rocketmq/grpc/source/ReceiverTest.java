package io.sluice.rocketmq.grpc.source;

import static org.assertj.core.api.Assertions.assertThat;

import apache.rocketmq.v2.Message;
import apache.rocketmq.v2.ReceiveMessageResponse;
import apache.rocketmq.v2.SystemProperties;
import io.sluice.rocketmq.TestScheduler;
import io.sluice.rocketmq.client.AnswerTimes;
import io.sluice.rocketmq.grpc.ProxyClient;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.instance.Timeouts;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.source.InFlight;
import io.sluice.sdk.source.InFlightLimit;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many calls for messages are under way. The proxy's answers are given by the test. */
class ReceiverTest {
  private static final String BROKER = "broker-a";

  private final TestScheduler scheduler = new TestScheduler();
  private final Deque<Call> open = new ArrayDeque<>();
  private final List<Message> received = new ArrayList<>();
  private long givenOutAt;
  private boolean ordered;

  private final Receiver receiver =
      new Receiver(
          BROKER,
          new Calls(),
          new InFlight(new InFlightLimit(8_192, 64 << 20)),
          scheduler,
          new Listener());

  @AfterEach
  void close() {
    scheduler.close();
  }

  @Test
  void inOrderItAsksForQueuesOfWhichItHoldsNothing() {
    ordered = true;
    receiver.has(2);
    receiver.proceed();
    assertThat(open).hasSize(2);

    answer(0, 3);
    assertThat(received).hasSize(3);
    assertThat(open).hasSize(1);

    receiver.letGo(held(0, 2));
    assertThat(open).as("one message of the queue is still here").hasSize(1);
    receiver.letGo(held(0, 1));
    assertThat(open).hasSize(2);
  }

  @Test
  void inOrderAnEmptyAnswerIsFollowedByAnotherCall() {
    ordered = true;
    receiver.has(1);
    receiver.proceed();
    answer(0, 0);

    assertThat(open).hasSize(1);
  }

  @Test
  void withoutOrderItAsksOn() {
    receiver.has(1);
    receiver.proceed();
    assertThat(open).hasSize(4);

    answer(0, 3);

    assertThat(open).hasSize(4);
  }

  @Test
  void asksForLessWhereAnswersTakeLongToCross() {
    receiver.has(4);
    receiver.proceed();
    assertThat(open).hasSize(4).allMatch(call -> call.messages() == 4);

    answer(0, 4, Duration.ofSeconds(2));
    assertThat(open.getLast().messages()).isEqualTo(2);
  }

  @Test
  void aMessageIsHiddenFromWhenItWasGivenOut() {
    receiver.has(1);
    receiver.proceed();
    Duration crossing = Duration.ofSeconds(20);
    long before = scheduler.nanoTime();
    answer(0, 1, crossing);

    assertThat(givenOutAt)
        .isBetween(before - crossing.toNanos(), scheduler.nanoTime() - crossing.toNanos());
  }

  /** A call that the test has to answer. */
  private record Call(
      int messages, CompletableFuture<ProxyClient.Answers<ReceiveMessageResponse>> answers) {}

  private void answer(int queue, int messages) {
    answer(queue, messages, Duration.ZERO);
  }

  private void answer(int queue, int messages, Duration crossing) {
    SystemProperties system = SystemProperties.newBuilder().setQueueId(queue).build();
    ReceiveMessageResponse message =
        ReceiveMessageResponse.newBuilder()
            .setMessage(Message.newBuilder().setSystemProperties(system))
            .build();
    open.pop()
        .answers()
        .complete(
            new ProxyClient.Answers<>(
                IntStream.range(0, messages).mapToObj(number -> message).toList(),
                crossing.toNanos()));
  }

  private static List<Received> held(int queue, int messages) {
    DetachedRecord record = DetachedRecord.builder("orders", new Position(0)).build();
    return IntStream.range(0, messages)
        .mapToObj(number -> new Received(record, BROKER, queue, "id", 0, "receipt", 0))
        .toList();
  }

  private final class Calls implements Receiver.Calls {
    @Override
    public CompletableFuture<ProxyClient.Underway<ReceiveMessageResponse>> receive(
        String broker, int messages) {
      Call call = new Call(messages, new CompletableFuture<>());
      open.add(call);
      return CompletableFuture.completedFuture(
          new ProxyClient.Underway<>(call.answers(), () -> {}));
    }

    @Override
    public AnswerTimes answerTimes() {
      return AnswerTimes.within(Timeouts.DEFAULT.request());
    }

    @Override
    public boolean isOrdered() {
      return ordered;
    }

    @Override
    public Instance instance() {
      throw new UnsupportedOperationException("nothing fails here");
    }
  }

  private final class Listener implements Receiver.Listener {
    @Override
    public void received(String broker, List<Message> messages, long since) {
      givenOutAt = since;
      received.addAll(messages);
    }

    @Override
    public void starves(Receiver starving) {
      throw new UnsupportedOperationException("there is room");
    }

    @Override
    public void troubled(String broker, SluiceException cause) {
      throw cause;
    }

    @Override
    public void recovered(String broker) {
      throw new UnsupportedOperationException("nothing was wrong");
    }

    @Override
    public void broken(RuntimeException bug) {
      throw bug;
    }
  }
}
