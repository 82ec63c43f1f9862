package io.sluice.rocketmq.diagnosis;

import io.sluice.rocketmq.RocketMqError;
import io.sluice.sdk.diagnosis.CheckResult;
import io.sluice.sdk.diagnosis.Need;
import io.sluice.sdk.diagnosis.Verdict;
import io.sluice.sdk.error.SluiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A check of something that brokers say when a topic is read. */
abstract class ReadingCheck implements Check {
  private final RocketMqError fault;

  /**
   * @param fault what brokers answer if it is not so
   */
  ReadingCheck(RocketMqError fault) {
    this.fault = fault;
  }

  /** What a need asks of brokers that this is about; empty if there is nothing. */
  abstract Optional<String> subject(Need.Reading need);

  /** What brokers say when they are asked. Blocks. */
  abstract Optional<SluiceException> ask(Examination examination, Need.Reading need);

  /** What is seen if it is so. */
  abstract String seen();

  @Override
  public final List<String> after() {
    return List.of(CredentialsCheck.NAME);
  }

  @Override
  public final List<CheckResult> make(Examination examination) {
    List<CheckResult> results = new ArrayList<>();
    for (Need.Reading need : examination.needs(Need.Reading.class)) {
      Optional<String> subject = subject(need);
      if (subject.isPresent()) {
        results.add(new CheckResult(name(), subject.get(), verdict(examination, need)));
      }
    }
    return results;
  }

  private Verdict verdict(Examination examination, Need.Reading need) {
    if (examination.route(need.topic()).isEmpty()) {
      return new Verdict.NotChecked("topic " + need.topic() + " does not exist");
    }
    if (examination.samples(need.topic()).isEmpty()) {
      return new Verdict.NotChecked("no broker of topic " + need.topic() + " answers");
    }
    Optional<SluiceException> answer = ask(examination, need);
    if (answer.isEmpty()) {
      return new Verdict.Passed(seen());
    }
    return answer.get().code() == fault
        ? new Verdict.Failed(answer.get())
        : new Verdict.NotChecked("topic " + need.topic() + " cannot be read");
  }
}
