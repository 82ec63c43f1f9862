package io.sluice.rocketmq.sink;

import io.sluice.rocketmq.route.Queue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What the flows of this process have stored in target queues that several of them write. By it a
 * flow tells messages of the others from those that nobody here knows of, without reading them: a
 * thousand flows with one target topic would read it a thousand times. Thread-safe.
 */
public final class Neighbours {
  /** Of a queue; the oldest are forgotten first, and read if it comes to that. */
  private static final int MOST_RANGES = 1_000;

  private final ConcurrentMap<Key, Stored> queues = new ConcurrentHashMap<>();

  private record Key(String instance, Queue queue) {}

  /**
   * Offsets of a queue.
   *
   * @param from the first
   * @param to behind the last
   */
  record Range(long from, long to) {}

  /**
   * A flow is going to write a queue, and looks for its end afterwards.
   *
   * @param instance name of the target
   */
  Share join(String instance, Queue queue) {
    Key key = new Key(instance, queue);
    Stored stored =
        queues.compute(
            key,
            (same, there) -> {
              Stored joined = there == null ? new Stored() : there;
              joined.writers++;
              return joined;
            });
    return new Share(key, stored);
  }

  private void leave(Key key) {
    queues.computeIfPresent(key, (same, stored) -> --stored.writers == 0 ? null : stored);
  }

  /** A flow's view of a queue. */
  final class Share implements AutoCloseable {
    private final Key key;
    private final Stored stored;
    private volatile boolean left;

    private Share(Key key, Stored stored) {
      this.key = key;
      this.stored = stored;
    }

    /** Whether other flows write the queue, too. */
    boolean isShared() {
      return stored.writers > 1;
    }

    /**
     * The flow has stored messages. What it learns of after it has left may have been written again
     * by a later run of it, and is for others to look at.
     */
    void store(long from, long to) {
      if (!left && isShared()) {
        stored.add(from, to);
      }
    }

    /** What of a range no flow here is known to have stored, in order. */
    List<Range> unknown(long from, long to) {
      return stored.gaps(from, to);
    }

    /** The flow does not write the queue any more. */
    @Override
    public synchronized void close() {
      if (!left) {
        left = true;
        leave(key);
      }
    }
  }

  /** The ranges of a queue: from each key to its value. */
  private static final class Stored {
    private final TreeMap<Long, Long> ranges = new TreeMap<>();
    private volatile int writers;

    synchronized void add(long from, long to) {
      long begin = from;
      long end = to;
      Map.Entry<Long, Long> before = ranges.floorEntry(from);
      if (before != null && before.getValue() >= from) {
        begin = before.getKey();
        end = Math.max(end, before.getValue());
      }
      Map<Long, Long> swallowed = ranges.subMap(begin, true, end, true);
      for (long reached : swallowed.values()) {
        end = Math.max(end, reached);
      }
      swallowed.clear();
      ranges.put(begin, end);
      if (ranges.size() > MOST_RANGES) {
        ranges.pollFirstEntry();
      }
    }

    synchronized List<Range> gaps(long from, long to) {
      List<Range> gaps = new ArrayList<>();
      long next = from;
      Map.Entry<Long, Long> before = ranges.floorEntry(from);
      if (before != null) {
        next = Math.max(next, before.getValue());
      }
      for (Map.Entry<Long, Long> range : ranges.subMap(from, false, to, false).entrySet()) {
        if (range.getKey() > next) {
          gaps.add(new Range(next, range.getKey()));
        }
        next = Math.max(next, range.getValue());
      }
      if (next < to) {
        gaps.add(new Range(next, to));
      }
      return gaps;
    }
  }
}
