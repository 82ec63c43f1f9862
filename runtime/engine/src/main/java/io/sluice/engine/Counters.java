package io.sluice.engine;

import io.sluice.sdk.sink.SinkReport;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** What a flow has moved since it was added. Thread-safe; written once or twice per batch. */
final class Counters implements SinkReport {
  private final Supplier<Instant> clock;
  private final LongAdder in = new LongAdder();
  private final LongAdder out = new LongAdder();
  private final LongAdder filtered = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final LongAdder unknowns = new LongAdder();
  private final LongAdder echoes = new LongAdder();
  private final LongAdder duplicates = new LongAdder();
  private final LongAdder deadLettered = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private final LongAdder retrying = new LongAdder();
  private final LongAdder repeats = new LongAdder();
  private volatile Instant lastActivity;

  Counters(Supplier<Instant> clock) {
    this.clock = clock;
    this.lastActivity = clock.get();
  }

  void offered(long records) {
    in.add(records);
    lastActivity = clock.get();
  }

  /** Records that did not pass, of which no batch came. */
  void passedOver(long records) {
    in.add(records);
    filtered.add(records);
  }

  void done(long stored, long dropped) {
    out.add(stored);
    filtered.add(dropped);
    lastActivity = clock.get();
  }

  void retried() {
    retries.increment();
  }

  void addDeadLetter() {
    deadLettered.increment();
  }

  void addDropped() {
    dropped.increment();
  }

  void addRepeats(int records) {
    repeats.add(records);
  }

  /** So many records more, or fewer, wait to be tried again. */
  void addRetrying(int change) {
    retrying.add(change);
  }

  void unknown() {
    unknowns.increment();
  }

  @Override
  public void echoes(long records) {
    echoes.add(records);
  }

  @Override
  public void duplicates(long records) {
    duplicates.add(records);
  }

  long in() {
    return in.sum();
  }

  /** Sinks report echoes before they answer that the batch is stored. */
  long out() {
    return Math.max(0, out.sum() - echoes.sum());
  }

  long echoes() {
    return echoes.sum();
  }

  long duplicates() {
    return duplicates.sum();
  }

  long filtered() {
    return filtered.sum();
  }

  long retries() {
    return retries.sum();
  }

  long deadLettered() {
    return deadLettered.sum();
  }

  long dropped() {
    return dropped.sum();
  }

  long repeats() {
    return repeats.sum();
  }

  long retrying() {
    return retrying.sum();
  }

  long unknowns() {
    return unknowns.sum();
  }

  Instant lastActivity() {
    return lastActivity;
  }
}
