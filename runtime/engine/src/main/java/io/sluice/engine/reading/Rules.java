package io.sluice.engine.reading;

import io.sluice.sdk.time.Scheduler;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The compiled rules of a shared reading as flows come. Compiling takes a while where rules are
 * many, so a flow that comes alone is left to match for itself for a moment. Guarded by the
 * reading's lock.
 */
final class Rules {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Scheduler scheduler;
  private final Set<SharedSource> newcomers = new LinkedHashSet<>();
  private Matcher matcher = new Matcher(List.of());
  private long compiledAt;

  Rules(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  void add(SharedSource member) {
    if (!matcher.covers(member)) {
      newcomers.add(member);
    }
  }

  void remove(SharedSource member) {
    newcomers.remove(member);
  }

  /** What is to be matched by now. */
  Matcher current(Set<SharedSource> attached) {
    newcomers.retainAll(attached);
    boolean many = 2 * newcomers.size() >= attached.size();
    boolean due = scheduler.nanoTime() - compiledAt >= PATIENCE.toNanos();
    if (!newcomers.isEmpty() && (many || due)) {
      matcher = new Matcher(attached);
      newcomers.clear();
      compiledAt = scheduler.nanoTime();
    }
    return matcher;
  }

  /** Those of whose rules a batch has not been matched by. */
  Set<SharedSource> unknownTo(Matcher used, Set<SharedSource> attached) {
    return used == matcher
        ? new LinkedHashSet<>(newcomers)
        : attached.stream()
            .filter(member -> !used.covers(member))
            .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
