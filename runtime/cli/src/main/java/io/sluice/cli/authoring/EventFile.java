package io.sluice.cli.authoring;

import io.sluice.cli.CommandError;
import io.sluice.flows.Finding;
import io.sluice.flows.document.DocumentReader;
import io.sluice.flows.document.Node;
import io.sluice.flows.document.Node.Entry;
import io.sluice.flows.document.Node.Mapping;
import io.sluice.flows.event.EventReader;
import io.sluice.flows.finding.Findings;
import io.sluice.sdk.connector.SourceDescription;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.record.DetachedRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One record in a file: a message, an event, or a line of {@code sluice tail --json}, whose keys
 * are brought into the spelling of messages.
 */
public final class EventFile {
  private static final Map<String, String> SPELLINGS =
      Map.of("key", "keys", "tag", "tags", "bornAt", "time");
  private static final Set<String> OF_TAIL = Set.of("event", "partition", "offset", "storedAt");

  private final Mapping record;

  private EventFile(Mapping record) {
    this.record = record;
  }

  /**
   * Reads a file.
   *
   * @param name its path, or {@code -} for the stream
   * @throws SluiceException if it does not hold one block of keys
   */
  public static EventFile read(String name, InputStream in) {
    Findings findings = new Findings();
    DocumentReader reader = new DocumentReader(findings);
    List<Node> documents =
        name.equals("-") ? reader.read("standard input", text(in)) : reader.read(Path.of(name));
    if (findings.errors() > 0) {
      Finding first = findings.sorted().get(0);
      throw new SluiceException(
          first.code(), first.message(), first.location(), first.suggestion(), null);
    }
    if (documents.size() != 1 || !(documents.get(0) instanceof Mapping mapping)) {
      throw new SluiceException(
          CommandError.EVENT_INVALID,
          documents.size() == 1
              ? "The file holds no block of keys."
              : "The file holds " + documents.size() + " records in place of one.",
          new Location.Named(name));
    }
    return new EventFile(asMessage(mapping));
  }

  private static String text(InputStream in) {
    try {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new SluiceException(
          CommandError.EVENT_INVALID,
          "Standard input cannot be read: " + unreadable.getMessage(),
          Location.NONE,
          CommandError.EVENT_INVALID.remedy(),
          unreadable);
    }
  }

  private static Mapping asMessage(Mapping block) {
    return new Mapping(
        block.place(),
        block.entries().stream()
            .filter(entry -> !OF_TAIL.contains(entry.key()))
            .map(
                entry ->
                    new Entry(
                        SPELLINGS.getOrDefault(entry.key(), entry.key()),
                        entry.place(),
                        entry.value()))
            .toList());
  }

  /** What is wrong, or looks wrong, with it as a record of a source. */
  public List<Finding> findings(SourceDescription source) {
    Findings findings = new Findings();
    new EventReader(source, findings).read(record);
    return findings.sorted();
  }

  /** The record, as it comes from a source; for files without errors. */
  public DetachedRecord record(SourceDescription source) {
    return new EventReader(source, new Findings()).read(record).orElseThrow();
  }
}
