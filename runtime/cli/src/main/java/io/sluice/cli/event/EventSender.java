package io.sluice.cli.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.event.Event;
import io.sluice.sdk.event.EventLimits;
import io.sluice.sdk.event.EventPublisher;
import io.sluice.sdk.event.PutEventsResult.Entry;
import io.sluice.sdk.event.PutEventsResult.Failed;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Puts any number of events on a bus, call by call, and tells what became of each, in their order.
 * For one thread; blocks.
 */
public final class EventSender {
  /** Who is told of answers. */
  @FunctionalInterface
  public interface Told {

    /** What became of an event, by its number from 1 on. */
    void entry(long number, Entry entry);
  }

  private final EventPublisher publisher;
  private final Told told;
  private final List<Event> waiting = new ArrayList<>();
  private long bytes;
  private long entries;
  private long failed;

  /**
   * @param told gets each answer
   */
  public EventSender(EventPublisher publisher, Told told) {
    this.publisher = publisher;
    this.told = told;
  }

  /** Events so far. */
  public long entries() {
    return entries;
  }

  /** Those of them that are not known to be stored. */
  public long failed() {
    return failed;
  }

  /**
   * Puts them all. When one cannot be read, those before it are put.
   *
   * @throws SluiceException at the first place that is no JSON
   */
  public void put(Iterator<JsonNode> events) {
    try {
      while (events.hasNext()) {
        add(events.next());
      }
    } finally {
      flush();
    }
  }

  private void add(JsonNode object) {
    Event event;
    try {
      event = EventReader.read(object);
    } catch (SluiceException invalid) {
      flush();
      tell(new Failed(object.path("id").asText(), invalid));
      return;
    }
    long size = Math.min(event.size(), EventLimits.EVENT_BYTES);
    if (waiting.size() == EventLimits.CALL_EVENTS || bytes + size > EventLimits.CALL_BYTES) {
      flush();
    }
    waiting.add(event);
    bytes += size;
  }

  private void flush() {
    if (!waiting.isEmpty()) {
      publisher.putEvents(waiting).toCompletableFuture().join().entries().forEach(this::tell);
    }
    waiting.clear();
    bytes = 0;
  }

  private void tell(Entry entry) {
    entries++;
    failed += entry instanceof Failed ? 1 : 0;
    told.entry(entries, entry);
  }
}
