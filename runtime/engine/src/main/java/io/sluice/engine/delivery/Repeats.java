package io.sluice.engine.delivery;

import io.sluice.flows.model.Idempotence;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.record.Record;
import io.sluice.sdk.time.Scheduler;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which records repeat the key of one that a flow took within a window of time. Remembers up to
 * {@value #MOST} keys, the latest ones, in memory alone. Thread-safe.
 */
public final class Repeats {
  static final int MOST = 100_000;

  private final Idempotence idempotence;
  private final Scheduler scheduler;
  private final Map<String, Claim> claims = new LinkedHashMap<>();

  public Repeats(Idempotence idempotence, Scheduler scheduler) {
    this.idempotence = idempotence;
    this.scheduler = scheduler;
  }

  /**
   * Whether a record repeats the key of another one; if not, its key is remembered from now on. The
   * record itself may be offered again.
   */
  boolean isRepeat(Partition partition, Record record) {
    Optional<String> key = idempotence.key().apply(record);
    return key.isPresent() && !claim(key.get(), place(partition, record));
  }

  private synchronized boolean claim(String key, String place) {
    long now = scheduler.nanoTime();
    Iterator<Claim> oldest = claims.values().iterator();
    while (oldest.hasNext()) {
      boolean over = now - oldest.next().since() >= idempotence.window().toNanos();
      if (!over && claims.size() < MOST) {
        break;
      }
      oldest.remove();
    }
    Claim before = claims.putIfAbsent(key, new Claim(place, now));
    return before == null || before.place().equals(place);
  }

  /** A record is not delivered after all: the next one with its key is no repetition. */
  void forget(Partition partition, Record record) {
    idempotence.key().apply(record).ifPresent(key -> release(key, place(partition, record)));
  }

  private synchronized void release(String key, String place) {
    Claim claim = claims.get(key);
    if (claim != null && claim.place().equals(place)) {
      claims.remove(key);
    }
  }

  private static String place(Partition partition, Record record) {
    return partition.name() + "@" + record.position();
  }

  private record Claim(String place, long since) {}
}
