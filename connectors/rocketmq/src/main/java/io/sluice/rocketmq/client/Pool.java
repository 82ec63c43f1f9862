package io.sluice.rocketmq.client;

import io.sluice.sdk.instance.Instance;
import java.util.HashMap;
import java.util.Map;

/**
 * The clients of a process that speak one protocol: one for each instance and side, shared by all
 * flows, so that a thousand flows need no more threads and connections than one. Thread-safe.
 *
 * @param <C> the clients
 */
public abstract class Pool<C> {
  private final Map<Key, Entry<C>> entries = new HashMap<>();

  /** Which way the records go: each side has an I/O thread of its own. */
  public enum Side {
    SOURCE,
    TARGET
  }

  /** Makes a client. Does not block. */
  protected abstract C open(Instance instance);

  /** Ends a client that nobody uses any more. Does not block. */
  protected abstract void end(C client);

  /**
   * A client for an instance, new or shared. Whoever takes one gives it back by {@link
   * Lease#close}.
   */
  public final synchronized Lease lease(Instance instance, Side side) {
    Key key = new Key(instance, side);
    Entry<C> entry = entries.computeIfAbsent(key, absent -> new Entry<>(open(instance)));
    entry.leases++;
    return new Lease(key, entry.client);
  }

  private synchronized void giveBack(Key key) {
    Entry<C> entry = entries.get(key);
    if (entry != null && --entry.leases == 0) {
      entries.remove(key);
      end(entry.client);
    }
  }

  /** A client as long as it is needed. */
  public final class Lease implements AutoCloseable {
    private final Key key;
    private final C client;
    private boolean closed;

    private Lease(Key key, C client) {
      this.key = key;
      this.client = client;
    }

    public C client() {
      return client;
    }

    /** Closing it again does nothing. */
    @Override
    public void close() {
      synchronized (Pool.this) {
        if (closed) {
          return;
        }
        closed = true;
      }
      giveBack(key);
    }
  }

  private record Key(Instance instance, Side side) {}

  private static final class Entry<C> {
    private final C client;
    private int leases;

    private Entry(C client) {
      this.client = client;
    }
  }
}
