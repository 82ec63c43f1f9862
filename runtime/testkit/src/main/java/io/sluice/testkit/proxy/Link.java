package io.sluice.testkit.proxy;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** What the network between clients and servers does now. Only the proxy's loop touches it. */
final class Link {
  static final long UNLIMITED = 0;

  /** Holds what is on the way in 300 ms at 200 MB/s, one way. */
  private static final long AMPLE = 64L << 20;

  private static final long SMALLEST = 64L << 10;
  private static final double QUEUE_SECONDS = 0.25;
  private static final double NANOS = 1e9;

  private final Map<Direction, Long> free = new EnumMap<>(Direction.class);
  private final Map<Direction, Long> allowance = new EnumMap<>(Direction.class);
  private final Set<Direction> stalled = EnumSet.noneOf(Direction.class);
  private long latency;
  private long bytesPerSecond = UNLIMITED;
  private boolean losesAnswers;
  private boolean cut;

  void latency(Duration oneWay) {
    latency = oneWay.toNanos();
  }

  void bandwidth(long bytes) {
    bytesPerSecond = bytes;
    free.clear();
  }

  void stall(Direction direction) {
    stalled.add(direction);
  }

  void loseAnswers() {
    losesAnswers = true;
  }

  void allow(Direction direction, long bytes) {
    allowance.put(direction, bytes);
  }

  void cut() {
    cut = true;
  }

  /** Ends what is a fault. Latency and bandwidth are no faults. */
  void heal() {
    stalled.clear();
    allowance.clear();
    losesAnswers = false;
    cut = false;
  }

  boolean isCut() {
    return cut;
  }

  boolean isStalled(Direction direction) {
    return stalled.contains(direction);
  }

  boolean loses(Direction direction) {
    return losesAnswers && direction == Direction.TO_CLIENTS;
  }

  /** How many bytes a connection may still pass. */
  long allowance(Direction direction) {
    return allowance.getOrDefault(direction, Long.MAX_VALUE);
  }

  /** When the last of some bytes arrives that are sent now, in nanoseconds of the same clock. */
  long arrival(Direction direction, int bytes, long now) {
    if (bytesPerSecond == UNLIMITED) {
      return now + latency;
    }
    long start = Math.max(now, free.getOrDefault(direction, now));
    long sent = start + (long) (bytes * NANOS / bytesPerSecond);
    free.put(direction, sent);
    return sent + latency;
  }

  /** How many bytes one connection may hold in one direction before its sender has to wait. */
  long capacity() {
    if (bytesPerSecond == UNLIMITED) {
      return AMPLE;
    }
    double underWay = bytesPerSecond * (latency / NANOS + QUEUE_SECONDS);
    return Math.max(SMALLEST, Math.min(AMPLE, (long) underWay));
  }
}
