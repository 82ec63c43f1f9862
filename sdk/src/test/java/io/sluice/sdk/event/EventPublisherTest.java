package io.sluice.sdk.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RefusedRecordException;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.event.PutEventsResult.Failed;
import io.sluice.sdk.record.Record;
import io.sluice.sdk.sink.Sink;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.sink.WriteResult;
import io.sluice.sdk.sink.WriteResult.NotStored;
import io.sluice.sdk.sink.WriteResult.Stored;
import io.sluice.sdk.sink.WriteResult.Unknown;
import io.sluice.sdk.time.Scheduler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventPublisherTest {
  private static final Stored STORED = new Stored(Optional.empty());

  private final Peer peer = new Peer();
  private final EventPublisher publisher =
      EventPublisher.over(peer, "bus", peer, Duration.ofSeconds(30));

  private static Event event(String id) {
    return Event.builder("shop", "order.paid").id(id).json("{\"order\":\"" + id + "\"}").build();
  }

  private static List<Event> events(String... ids) {
    return Stream.of(ids).map(EventPublisherTest::event).toList();
  }

  private CompletableFuture<PutEventsResult> put(List<Event> events) {
    CompletableFuture<PutEventsResult> answer = publisher.putEvents(events).toCompletableFuture();
    peer.run();
    return answer;
  }

  /** {@code stored}, or the code, of each entry. */
  private static List<String> outcomes(CompletableFuture<PutEventsResult> answer) {
    return answer.join().entries().stream()
        .map(entry -> entry instanceof Failed failed ? failed.reason().code().id() : "stored")
        .toList();
  }

  @Test
  void answersForEachEventThatItIsStored() {
    CompletableFuture<PutEventsResult> answer = put(events("a", "b"));

    assertThat(answer.join().failedEntryCount()).isZero();
    assertThat(answer.join().entries())
        .containsExactly(new PutEventsResult.Stored("a"), new PutEventsResult.Stored("b"));
    assertThat(peer.stored).containsExactly("a", "b");
  }

  @Test
  void anEventIsAMessageInBinaryMode() {
    put(
        List.of(
            Event.builder("shop", "order.paid")
                .id("a")
                .subject("orders/1")
                .attribute("region", "north")
                .json("{}")
                .build()));

    assertThat(peer.properties)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "CE_id", "a",
                "CE_source", "shop",
                "CE_specversion", "1.0",
                "CE_type", "order.paid",
                "CE_subject", "orders/1",
                "CE_region", "north",
                "CE_contenttype", "application/json; charset=utf-8",
                "CE_time", "2026-11-21T10:00:00Z"));
    assertThat(peer.body).isEqualTo("{}");
  }

  @Test
  void anEventThatIsNotValidKeepsNoOtherBack() {
    Event large = Event.builder("shop", "order.paid").data(new byte[256 << 10]).build();
    Event nameless = Event.builder("", "order.paid").build();
    Event longType = Event.builder("shop", "x".repeat(65)).build();
    Event badTime = Event.builder("shop", "t").attribute("time", "noon").build();
    Event badName = Event.builder("shop", "t").attribute("Region", "north").build();

    assertThat(outcomes(put(List.of(event("a"), large, nameless, longType, event("b")))))
        .containsExactly("stored", "event.too-large", "event.invalid", "event.invalid", "stored");
    assertThat(outcomes(put(List.of(badTime, badName))))
        .containsExactly("event.invalid", "event.invalid");
    assertThat(peer.stored).containsExactly("a", "b");
  }

  @Test
  void refusesCallsThatAreTooLarge() {
    List<Event> tooMany = IntStream.range(0, 17).mapToObj(i -> event("e" + i)).toList();
    Event quarter = Event.builder("shop", "t").data(new byte[255 << 10]).build();

    for (List<Event> call :
        List.of(tooMany, List.<Event>of(), List.of(quarter, quarter, quarter, quarter, quarter))) {
      assertThatExceptionOfType(SluiceException.class)
          .isThrownBy(() -> publisher.putEvents(call))
          .satisfies(e -> assertThat(e.code()).isEqualTo(EventError.BAD_CALL));
    }
    assertThat(peer.stored).isEmpty();
  }

  @Test
  void sendsAgainWhatWasNotStored() {
    peer.answers.add(batch -> new NotStored(batch.first().plus(1), retriable()));

    CompletableFuture<PutEventsResult> answer = put(events("a", "b", "c"));
    assertThat(answer).isNotDone();
    peer.passTime(Duration.ofMillis(200));

    assertThat(outcomes(answer)).containsExactly("stored", "stored", "stored");
    assertThat(peer.sent).containsExactly("a b c", "b c");
  }

  @Test
  void neverSendsAgainWhatMayBeStored() { // I7
    peer.answers.add(batch -> new Unknown(batch.first().plus(1), retriable()));

    assertThat(outcomes(put(events("a", "b", "c"))))
        .containsExactly("stored", "event.outcome-unknown", "event.outcome-unknown");
    assertThat(peer.sent).containsExactly("a b c");
  }

  @Test
  void anEventThatIsRefusedIsFoundOneByOne() {
    peer.refused = "b";

    assertThat(outcomes(put(events("a", "b", "c")))).containsExactly("stored", "peer", "stored");
    assertThat(peer.stored).containsExactly("a", "c");
  }

  @Test
  void saysWhyNothingCanBeStored() {
    peer.answers.add(
        batch ->
            new NotStored(
                batch.first(), new SluiceException(EventError.INVALID, "closed", Location.NONE)));

    CompletableFuture<PutEventsResult> answer = put(events("a", "b"));
    assertThat(outcomes(answer)).containsExactly("event.not-stored", "event.not-stored");
    assertThat(((Failed) answer.join().entries().get(0)).reason().message()).isEqualTo("closed");
  }

  @Test
  void isAnsweredWhenItsTimeIsOver() {
    peer.answers.add(batch -> new NotStored(batch.first(), retriable()));
    CompletableFuture<PutEventsResult> waiting = put(events("a"));
    peer.passTime(Duration.ofSeconds(30));
    assertThat(outcomes(waiting)).containsExactly("event.not-stored");

    peer.silent = true;
    CompletableFuture<PutEventsResult> underWay = put(events("b"));
    peer.passTime(Duration.ofSeconds(30));
    assertThat(outcomes(underWay)).containsExactly("event.outcome-unknown");
  }

  @Test
  void whatWaitsBehindACallWithoutAnAnswerIsNeverSent() {
    peer.silent = true;
    List<CompletableFuture<PutEventsResult>> calls = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      calls.add(put(events("e" + i)));
    }
    peer.passTime(Duration.ofSeconds(30));
    peer.speak();

    assertThat(calls.stream().map(EventPublisherTest::outcomes).distinct())
        .containsExactly(List.of("event.outcome-unknown"), List.of("event.not-stored"));
    assertThat(peer.sent).hasSize(4);
  }

  @Test
  void aBusThatCannotBeReachedIsTriedAgainWithTheNextCall() {
    peer.unreachable = true;
    assertThat(outcomes(put(events("a")))).containsExactly("event.not-stored");
    peer.unreachable = false;
    assertThat(outcomes(put(events("b")))).containsExactly("stored");
  }

  @Test
  void answersWhatIsOpenWhenItIsClosed() {
    peer.silent = true;
    CompletableFuture<PutEventsResult> open = put(events("a"));
    publisher.close();
    publisher.close();

    assertThat(outcomes(open)).containsExactly("event.outcome-unknown");
    assertThat(peer.closed).isEqualTo(1);
    assertThatIllegalStateException().isThrownBy(() -> publisher.putEvents(events("b")));
  }

  @Test
  void holdsNoMoreThanItsLimit() { // I6
    peer.silent = true;
    List<Event> call =
        IntStream.range(0, 4)
            .mapToObj(i -> Event.builder("shop", "t").data(new byte[255 << 10]).build())
            .toList();
    List<CompletableFuture<PutEventsResult>> calls = new ArrayList<>();
    for (int i = 0; i < 70; i++) {
      calls.add(put(call));
    }

    assertThat(calls.stream().filter(CompletableFuture::isDone).count()).isBetween(1L, 10L);
    assertThat(outcomes(calls.get(69))).containsOnly("event.busy");
  }

  private static RetriableException retriable() {
    return new RetriableException(EventError.NOT_STORED, "later", Location.NONE);
  }

  /** A sink that answers as a test says, and a clock that it moves. */
  private static final class Peer implements Sink, Scheduler {
    private final ArrayDeque<Runnable> ready = new ArrayDeque<>();
    private final List<Timer> timers = new ArrayList<>();
    private final ArrayDeque<Function<Batch, WriteResult>> answers = new ArrayDeque<>();
    private final List<CompletableFuture<WriteResult>> unanswered = new ArrayList<>();
    private final List<String> sent = new ArrayList<>();
    private final List<String> stored = new ArrayList<>();
    private Map<String, String> properties = Map.of();
    private String body = "";
    private String refused = "";
    private boolean silent;
    private boolean unreachable;
    private int closed;
    private Duration passed = Duration.ZERO;

    private record Timer(Duration at, Runnable task) {}

    private void run() {
      for (Runnable task = ready.poll(); task != null; task = ready.poll()) {
        task.run();
      }
    }

    private void passTime(Duration time) {
      passed = passed.plus(time);
      List<Timer> due = timers.stream().filter(timer -> timer.at().compareTo(passed) <= 0).toList();
      timers.removeAll(due);
      due.forEach(timer -> timer.task().run());
      run();
    }

    /** Answers what it did not answer before. */
    private void speak() {
      silent = false;
      unanswered.forEach(answer -> answer.complete(STORED));
      run();
    }

    @Override
    public CompletionStage<Void> prepare(
        List<Partition> partitions, Map<Partition, TargetPosition> known) {
      return unreachable
          ? CompletableFuture.failedFuture(retriable())
          : CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<WriteResult> write(Batch batch) {
      List<String> ids = new ArrayList<>();
      for (Record record : batch.records()) {
        ids.add(record.userProperty("CE_id").orElseThrow());
        Map<String, String> all = new java.util.HashMap<>();
        record.forEachUserProperty(all::put);
        properties = all;
        body = StandardCharsets.UTF_8.decode(record.body()).toString();
      }
      sent.add(String.join(" ", ids));
      if (silent) {
        CompletableFuture<WriteResult> never = new CompletableFuture<>();
        unanswered.add(never);
        return never;
      }
      return CompletableFuture.completedFuture(answer(batch, ids));
    }

    private WriteResult answer(Batch batch, List<String> ids) {
      if (!answers.isEmpty()) {
        return answers.remove().apply(batch);
      }
      int bad = ids.indexOf(refused);
      stored.addAll(bad < 0 ? ids : ids.subList(0, bad));
      Position from = batch.first().plus(Math.max(0, bad));
      return bad < 0
          ? STORED
          : new NotStored(
              from, new RefusedRecordException(new PeerCode(), "refused", Location.NONE));
    }

    @Override
    public CompletionStage<WriteResult> resolve(Batch batch) {
      throw new AssertionError(batch);
    }

    @Override
    public void close() {
      closed++;
    }

    @Override
    public long nanoTime() {
      return passed.toNanos();
    }

    @Override
    public Instant now() {
      return Instant.parse("2026-11-21T10:00:00Z").plus(passed);
    }

    @Override
    public void execute(Runnable task) {
      ready.add(task);
    }

    @Override
    public Cancellable after(Duration delay, Runnable task) {
      Timer timer = new Timer(passed.plus(delay), task);
      timers.add(timer);
      return () -> timers.remove(timer);
    }
  }

  private static final class PeerCode implements io.sluice.sdk.error.ErrorCode {
    @Override
    public Description description() {
      return new Description("peer", Category.RUNTIME, "Refused.", "Nothing.");
    }
  }
}
