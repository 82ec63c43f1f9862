package io.sluice.testkit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a broker has acknowledged: for each queue of a topic, which message got which offset. It
 * tells what a topic must hold or have held, whatever became of its broker. About 50 bytes for each
 * message. Thread-safe.
 */
public final class AcknowledgedMessages {
  private final Map<Integer, List<Acknowledged>> queues = new HashMap<>();
  private long count;

  /** A message and its place. */
  record Acknowledged(long offset, Fingerprint message) {}

  /** Adds messages that got consecutive offsets. */
  synchronized void add(int queue, long first, List<Fingerprint> messages) {
    List<Acknowledged> known = queues.computeIfAbsent(queue, absent -> new ArrayList<>());
    for (int index = 0; index < messages.size(); index++) {
      known.add(new Acknowledged(first + index, messages.get(index)));
    }
    count += messages.size();
  }

  /** How many there are. */
  public synchronized long count() {
    return count;
  }

  /** Those of one queue, in the order of their offsets. */
  synchronized List<Acknowledged> of(int queue) {
    return List.copyOf(queues.getOrDefault(queue, List.of()));
  }
}
