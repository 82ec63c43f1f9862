package io.sluice.engine.reading;

import io.sluice.flows.model.Addressee;
import io.sluice.flows.model.BusReading;
import io.sluice.flows.model.BusRule.Status;
import io.sluice.flows.pattern.EventPattern;
import io.sluice.flows.pattern.RuleSet;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Selection;
import io.sluice.sdk.record.RecordCursor;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rules of the flows that share a reading, compiled together: what of a batch is for whom,
 * found in one walk over it. Immutable and thread-safe; when flows come, another one is put in its
 * place.
 */
final class Matcher {
  private final Set<SharedSource> members;
  private final Map<String, SharedSource> byFlow = new HashMap<>();
  private final List<SharedSource> takeAll = new ArrayList<>();
  private final Optional<RuleSet> rules;

  Matcher(Collection<SharedSource> members) {
    this.members = Set.copyOf(members);
    Map<String, Optional<EventPattern>> patterns = new LinkedHashMap<>();
    for (SharedSource member : members) {
      BusReading shared = member.shared();
      if (shared.status() == Status.ENABLE) {
        if (shared.pattern().isPresent()) {
          byFlow.put(member.flow(), member);
          patterns.put(member.flow(), shared.pattern());
        } else {
          takeAll.add(member);
        }
      }
    }
    this.rules =
        byFlow.values().stream()
            .findFirst()
            .map(any -> RuleSet.of(patterns, any.shared().events()));
  }

  /** Whether it knows the rule of a flow. */
  boolean covers(SharedSource member) {
    return members.contains(member);
  }

  /** What of a batch passes the rules of whom: of at least one record. */
  Map<SharedSource, Selection> match(Batch batch) {
    Map<SharedSource, BitSet> chosen = new LinkedHashMap<>();
    Set<Integer> addressed = new HashSet<>();
    RecordCursor cursor = batch.payload().cursor();
    while (cursor.advance()) {
      if (batch.selection().contains(cursor.index())) {
        match(cursor, chosen, addressed);
      }
    }
    Map<SharedSource, Selection> passed = new LinkedHashMap<>();
    chosen.forEach((member, bits) -> passed.put(member, batch.selection().and(bits::get)));
    for (SharedSource member : takeAll) {
      BitSet own = chosen.getOrDefault(member, new BitSet());
      Selection all =
          addressed.isEmpty()
              ? batch.selection()
              : batch.selection().and(index -> !addressed.contains(index) || own.get(index));
      if (all.size() > 0) {
        passed.put(member, all);
      }
    }
    return passed;
  }

  /**
   * @param chosen gets what passes; of those who take all only what is addressed to them
   */
  private void match(
      RecordCursor record, Map<SharedSource, BitSet> chosen, Set<Integer> addressed) {
    int index = record.index();
    boolean forAll = record.userProperty(Addressee.PROPERTY).isEmpty();
    if (rules.isPresent()) {
      for (String flow : rules.get().matching(record)) {
        SharedSource member = byFlow.get(flow);
        if (forAll || isFor(record, member)) {
          chosen.computeIfAbsent(member, any -> new BitSet()).set(index);
        }
      }
    }
    if (!forAll) {
      addressed.add(index);
      takeAll.stream()
          .filter(member -> isFor(record, member))
          .forEach(member -> chosen.computeIfAbsent(member, any -> new BitSet()).set(index));
    }
  }

  private static boolean isFor(RecordCursor record, SharedSource member) {
    return Addressee.includes(record, member.shared().bus(), member.flow());
  }
}
