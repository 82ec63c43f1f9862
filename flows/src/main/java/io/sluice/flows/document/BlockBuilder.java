package io.sluice.flows.document;

import io.sluice.flows.FlowError;
import io.sluice.flows.document.Node.Entry;
import io.sluice.flows.document.Node.Mapping;
import io.sluice.flows.finding.Findings;
import io.sluice.sdk.error.Location.InFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the entries of one block; a key that comes again is reported and left out. */
final class BlockBuilder {
  private final InFile place;
  private final Findings findings;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  BlockBuilder(InFile place, Findings findings) {
    this.place = place;
    this.findings = findings;
  }

  void add(Entry entry) {
    Entry first = entries.putIfAbsent(entry.key(), entry);
    if (first != null) {
      findings.error(
          FlowError.DUPLICATE_KEY,
          entry.place(),
          "key '"
              + entry.key()
              + "' stands twice in this block, first in line "
              + first.place().line(),
          "Remove one of the two.");
    }
  }

  Mapping build() {
    return new Mapping(place, List.copyOf(entries.values()));
  }
}
