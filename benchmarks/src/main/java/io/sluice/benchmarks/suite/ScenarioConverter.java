package io.sluice.benchmarks.suite;

import io.sluice.benchmarks.scenario.Scenario;
import io.sluice.benchmarks.scenario.Scenarios;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Scenarios by their names. */
final class ScenarioConverter implements ITypeConverter<Scenario> {

  @Override
  public Scenario convert(String name) {
    return Scenarios.all().stream()
        .filter(scenario -> scenario.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "there is no scenario '%s', only %s"
                        .formatted(name, Scenarios.all().stream().map(Scenario::name).toList())));
  }
}
