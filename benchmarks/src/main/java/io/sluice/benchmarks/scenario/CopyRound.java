package io.sluice.benchmarks.scenario;

import io.sluice.benchmarks.copier.Copier;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** One turn of each copier, right after each other: what stands in one round may be compared. */
record CopyRound(List<CopyResult> results) {
  CopyRound {
    results = List.copyOf(results);
  }

  CopyResult of(Copier copier) {
    return find(copier).orElseThrow();
  }

  /** Sluice's value over that of a copier; empty if Sluice had no turn. */
  OptionalDouble sluiceOver(Copier copier, ToDoubleFunction<CopyResult> value) {
    return find(Copier.SLUICE)
        .map(
            sluice ->
                OptionalDouble.of(value.applyAsDouble(sluice) / value.applyAsDouble(of(copier))))
        .orElse(OptionalDouble.empty());
  }

  private Optional<CopyResult> find(Copier copier) {
    return results.stream().filter(result -> result.copier() == copier).findFirst();
  }
}
