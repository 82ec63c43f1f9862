package io.sluice.rocketmq.client;

import io.sluice.sdk.instance.Instance;
import java.util.HashMap;
import java.util.Map;

/**
 * The clients of a process: one for each instance and side, shared by all flows, so that a thousand
 * flows need no more threads and connections than one. Thread-safe.
 */
public final class ClientPool {
  private final Map<Key, Entry> entries = new HashMap<>();

  /** Which way the records go: each side has an I/O thread of its own. */
  public enum Side {
    SOURCE,
    TARGET
  }

  /**
   * A client for an instance, new or shared. Whoever takes one gives it back by {@link
   * Lease#close}.
   */
  public synchronized Lease lease(Instance instance, Side side) {
    Key key = new Key(instance, side);
    Entry entry = entries.computeIfAbsent(key, absent -> new Entry(new RemotingClient(instance)));
    entry.leases++;
    return new Lease(key, entry.client);
  }

  private synchronized void giveBack(Key key) {
    Entry entry = entries.get(key);
    if (entry != null && --entry.leases == 0) {
      entries.remove(key);
      entry.client.close();
    }
  }

  /** A client as long as it is needed. */
  public final class Lease implements AutoCloseable {
    private final Key key;
    private final RemotingClient client;
    private boolean closed;

    private Lease(Key key, RemotingClient client) {
      this.key = key;
      this.client = client;
    }

    public RemotingClient client() {
      return client;
    }

    /** Closing it again does nothing. */
    @Override
    public void close() {
      synchronized (ClientPool.this) {
        if (closed) {
          return;
        }
        closed = true;
      }
      giveBack(key);
    }
  }

  private record Key(Instance instance, Side side) {}

  private static final class Entry {
    private final RemotingClient client;
    private int leases;

    private Entry(RemotingClient client) {
      this.client = client;
    }
  }
}
