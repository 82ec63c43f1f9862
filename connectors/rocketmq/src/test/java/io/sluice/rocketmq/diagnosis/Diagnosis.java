package io.sluice.rocketmq.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sdk.diagnosis.CheckResult;
import io.sluice.sdk.diagnosis.Need;
import io.sluice.sdk.diagnosis.Verdict;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Instance;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The results of an examination, as tests look at them. */
record Diagnosis(List<CheckResult> results) {

  static Diagnosis of(Instance instance, Need... needs) {
    return at(Clock.systemUTC(), instance, needs);
  }

  static Diagnosis at(Clock clock, Instance instance, Need... needs) {
    return new Diagnosis(new InstanceExaminer().examine(instance, Set.of(needs), clock));
  }

  static Need.Reading reading(String topic, String group) {
    return new Need.Reading(topic, Optional.of(group), Optional.empty());
  }

  static Need.Reading readingSql(String topic, String group) {
    return new Need.Reading(topic, Optional.of(group), Optional.of("amount > 10"));
  }

  /** There are ticks only. */
  void isHealthy() {
    assertThat(results)
        .isNotEmpty()
        .allSatisfy(result -> assertThat(result.verdict()).isInstanceOf(Verdict.Passed.class));
  }

  /** There are ticks only, except for checks of which nothing can be said. */
  void isHealthyBut(String... unknown) {
    assertThat(results)
        .isNotEmpty()
        .allSatisfy(
            result -> {
              if (List.of(unknown).contains(result.check())) {
                assertThat(result.verdict())
                    .isInstanceOfAny(Verdict.Passed.class, Verdict.NotChecked.class);
              } else {
                assertThat(result.verdict()).isInstanceOf(Verdict.Passed.class);
              }
            });
  }

  /** There is one cross, of a check with a code, and its remedy says these things. */
  void hasOneFault(String check, String code, String... remedy) {
    List<CheckResult> faults =
        results.stream().filter(result -> result.verdict() instanceof Verdict.Failed).toList();
    assertThat(faults).as(toString()).hasSize(1);
    assertThat(faults.get(0).check()).isEqualTo(check);
    SluiceException problem = ((Verdict.Failed) faults.get(0).verdict()).problem();
    assertThat(problem.code().id()).isEqualTo(code);
    for (String words : remedy) {
      assertThat(problem.suggestion()).contains(words);
    }
  }

  /** What a check says of each thing that it looked at. */
  Stream<Verdict> verdicts(String check) {
    return results.stream()
        .filter(result -> result.check().equals(check))
        .map(CheckResult::verdict);
  }

  /** Because of what nothing can be said of a check. */
  String whyNot(String check) {
    return verdicts(check)
        .map(verdict -> ((Verdict.NotChecked) verdict).because())
        .findFirst()
        .orElseThrow();
  }

  /** The problem of the only result of a check that is in doubt. */
  SluiceException doubt(String check) {
    return verdicts(check)
        .map(verdict -> ((Verdict.Doubtful) verdict).problem())
        .findFirst()
        .orElseThrow();
  }
}
