package io.sluice.sdk.event;

import io.sluice.sdk.error.SluiceException;
import java.util.List;

/**
 * What became of the events of one call, one entry for each, in their order.
 *
 * @param entries as many as there were events
 */
public record PutEventsResult(List<Entry> entries) {
  public PutEventsResult {
    entries = List.copyOf(entries);
  }

  /** How many are not known to be stored. */
  public int failedEntryCount() {
    return (int) entries.stream().filter(Failed.class::isInstance).count();
  }

  /** What became of one event. */
  public sealed interface Entry {

    /** Id of the event. */
    String eventId();
  }

  /** The bus has stored it. */
  public record Stored(String eventId) implements Entry {}

  /**
   * It is not known to be stored.
   *
   * @param reason its code says whether it may be stored nevertheless: {@link
   *     EventError#OUTCOME_UNKNOWN}
   */
  public record Failed(String eventId, SluiceException reason) implements Entry {}
}
