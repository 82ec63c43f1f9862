package io.sluice.sdk.event;

import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.batch.RecordPayload;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.event.PutEventsResult.Entry;
import io.sluice.sdk.event.PutEventsResult.Failed;
import io.sluice.sdk.event.PutEventsResult.Stored;
import io.sluice.sdk.record.DetachedRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** One call of a publisher: which of its events are decided already. Thread-safe. */
final class PutEventsCall {
  private final List<Event> events;
  private final CompletableFuture<PutEventsResult> answer = new CompletableFuture<>();

  // Guarded by this.
  private final List<Optional<Entry>> entries = new ArrayList<>();
  private boolean underWay;
  private Optional<SluiceException> obstacle = Optional.empty();

  /** The events that are sent, by number: the record at {@link #first} is the first of them. */
  private final List<Integer> sent = new ArrayList<>();

  private Position first = new Position(0);

  PutEventsCall(List<Event> events) {
    this.events = events;
    for (Event event : events) {
      Optional<Entry> refused =
          EventLimits.problem(event).map(reason -> new Failed(event.id(), reason));
      if (refused.isEmpty()) {
        sent.add(entries.size());
      }
      entries.add(refused);
    }
  }

  CompletionStage<PutEventsResult> answer() {
    return answer;
  }

  /** How many records it will send. */
  int count() {
    return sent.size();
  }

  /** Memory held, roughly, in bytes. */
  long bytes() {
    return events.stream().mapToLong(Event::size).sum();
  }

  /** Its turn has come: the batch to send; empty if nothing is left to send. */
  synchronized Optional<Batch> start(Partition partition, Position at, String topic, Instant now) {
    if (answer.isDone() || sent.isEmpty()) {
      return Optional.empty();
    }
    first = at;
    List<DetachedRecord> records = new ArrayList<>();
    for (int event : sent) {
      records.add(events.get(event).record(topic, at.plus(records.size()), now));
    }
    Position end = at.plus(records.size());
    return Optional.of(Batch.of(partition, at, end, new RecordPayload(records)));
  }

  /** Records from a position up to another one are stored. */
  synchronized void stored(Position from, Position to) {
    decide(from, to, Stored::new);
  }

  /** Records from a position up to another one are not known to be stored. */
  synchronized void failed(Position from, Position to, SluiceException reason) {
    decide(from, to, id -> new Failed(id, reason));
  }

  private void decide(Position from, Position to, Function<String, Entry> entry) {
    for (long offset = from.offset(); offset < to.offset(); offset++) {
      decide(sent.get((int) (offset - first.offset())), entry);
    }
    answerIfDecided();
  }

  private void decide(int event, Function<String, Entry> entry) {
    if (entries.get(event).isEmpty()) {
      entries.set(event, Optional.of(entry.apply(events.get(event).id())));
    }
  }

  /** What is open waits to be sent again: nothing of it is stored for now. */
  synchronized void waitsFor(SluiceException reason) {
    obstacle = Optional.of(reason);
  }

  /**
   * What is open is about to be sent.
   *
   * @return false if it was answered already, and must not be sent any more
   */
  synchronized boolean goesOut() {
    if (answer.isDone()) {
      return false;
    }
    obstacle = Optional.empty();
    underWay = true;
    return true;
  }

  /** What is open is not waited for any longer. */
  synchronized void giveUp(String why) {
    EventError code =
        underWay && obstacle.isEmpty() ? EventError.OUTCOME_UNKNOWN : EventError.NOT_STORED;
    String message = obstacle.map(reason -> why + ": " + reason.message()).orElse(why);
    failOpen(new SluiceException(code, message, Location.NONE));
  }

  boolean isAnswered() {
    return answer.isDone();
  }

  /** Whatever is open fails. */
  synchronized void failOpen(SluiceException reason) {
    for (int event : sent) {
      decide(event, id -> new Failed(id, reason));
    }
    answerIfDecided();
  }

  /** Answers at once if there is nothing to send. */
  synchronized void answerIfDecided() {
    if (entries.stream().allMatch(Optional::isPresent)) {
      answer.complete(new PutEventsResult(entries.stream().map(Optional::orElseThrow).toList()));
    }
  }
}
