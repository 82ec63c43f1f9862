package io.sluice.engine;

import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** What a flow has moved since it was added. Thread-safe; written once or twice per batch. */
final class Counters {
  private final Supplier<Instant> clock;
  private final LongAdder in = new LongAdder();
  private final LongAdder out = new LongAdder();
  private final LongAdder filtered = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final LongAdder unknowns = new LongAdder();
  private volatile Instant lastActivity;

  Counters(Supplier<Instant> clock) {
    this.clock = clock;
    this.lastActivity = clock.get();
  }

  void offered(long records) {
    in.add(records);
    lastActivity = clock.get();
  }

  void done(long stored, long dropped) {
    out.add(stored);
    filtered.add(dropped);
    lastActivity = clock.get();
  }

  void retried() {
    retries.increment();
  }

  void unknown() {
    unknowns.increment();
  }

  long in() {
    return in.sum();
  }

  long out() {
    return out.sum();
  }

  long filtered() {
    return filtered.sum();
  }

  long retries() {
    return retries.sum();
  }

  long unknowns() {
    return unknowns.sum();
  }

  Instant lastActivity() {
    return lastActivity;
  }
}
