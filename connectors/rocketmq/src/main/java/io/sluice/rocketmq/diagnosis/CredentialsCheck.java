package io.sluice.rocketmq.diagnosis;

import io.sluice.rocketmq.RocketMqError;
import io.sluice.rocketmq.filter.BrokerFilter;
import io.sluice.rocketmq.pull.QueuePuller;
import io.sluice.sdk.diagnosis.CheckResult;
import io.sluice.sdk.diagnosis.Need;
import io.sluice.sdk.diagnosis.Verdict;
import io.sluice.sdk.error.SluiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Brokers know who asks, and permit what flows do. */
final class CredentialsCheck implements Check {
  static final String NAME = "credentials";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> after() {
    return Place.BROKERS.answering();
  }

  @Override
  public List<CheckResult> make(Examination examination) {
    List<CheckResult> results = strangers(examination);
    if (!results.isEmpty()) {
      return results;
    }
    for (Need.Reading need : examination.needs(Need.Reading.class)) {
      if (!examination.samples(need.topic()).isEmpty()) {
        String group = need.group().map(name -> " and group " + name).orElse("");
        results.add(
            result(
                examination,
                "read " + need.topic(),
                examination.read(need),
                "Let the user of `acl` read topic " + need.topic() + group + " (SUB)."));
      }
    }
    for (Need.Writing need : examination.needs(Need.Writing.class)) {
      if (!examination.samples(need.topic()).isEmpty()) {
        write(examination, need.topic(), results);
      } else if (need.creates() && examination.route(need.topic()).isEmpty()) {
        create(examination, need.topic(), results);
      }
    }
    return results.isEmpty()
        ? List.of(new CheckResult(NAME, "", new Verdict.Passed(accepted(examination))))
        : results;
  }

  /** Brokers that do not know who asks; the permissions need not be asked for then. */
  private static List<CheckResult> strangers(Examination examination) {
    List<CheckResult> results = new ArrayList<>();
    for (String address : examination.addresses(Place.BROKERS)) {
      if (examination.contact(Place.BROKERS, address).join() instanceof Contact.Answer answer) {
        answer
            .refusal()
            .filter(refusal -> refusal.code() == RocketMqError.UNAUTHENTICATED)
            .ifPresent(
                refusal ->
                    results.add(new CheckResult(NAME, address, new Verdict.Failed(refusal))));
      }
    }
    return results;
  }

  private static void write(Examination examination, String topic, List<CheckResult> results) {
    Rights rights = new Rights(examination);
    results.add(
        result(
            examination,
            "write " + topic,
            rights.refusalToWrite(topic),
            "Let the user of `acl` write topic " + topic + " (PUB)."));
    results.add(
        result(
            examination,
            "look at " + topic,
            rights.refusalToRead(topic, QueuePuller.READER_GROUP, BrokerFilter.ALL),
            "Let the user of `acl` read topic "
                + topic
                + " and group "
                + QueuePuller.READER_GROUP
                + " (SUB): flows look at the end of the target before they go on."));
  }

  private static void create(Examination examination, String topic, List<CheckResult> results) {
    results.add(
        result(
            examination,
            "create " + topic,
            new Rights(examination).refusalToCreate(topic),
            "Let the user of `acl` create topic "
                + topic
                + ", which needs an administrator on 4.x; or create it by hand and set"
                + " `createTopic: false`."));
  }

  private static CheckResult result(
      Examination examination, String what, Optional<SluiceException> refusal, String remedy) {
    return new CheckResult(
        NAME,
        what,
        refusal
            .filter(problem -> !isPermitted(problem))
            .<Verdict>map(
                problem ->
                    problem.code() == RocketMqError.DENIED
                        ? examination.failed(problem.code(), problem.message(), remedy)
                        : new Verdict.Failed(problem))
            .orElseGet(() -> new Verdict.Passed("is permitted")));
  }

  /** A broker that misses the group has asked for permission before. */
  private static boolean isPermitted(SluiceException problem) {
    return problem.code() == RocketMqError.GROUP_MISSING;
  }

  static String accepted(Examination examination) {
    return examination.instance().acl().isPresent() ? "accepted" : "none are asked for";
  }
}
