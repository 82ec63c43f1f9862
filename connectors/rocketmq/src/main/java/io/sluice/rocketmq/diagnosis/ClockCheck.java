package io.sluice.rocketmq.diagnosis;

import io.sluice.rocketmq.RocketMqError;
import io.sluice.sdk.diagnosis.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.rocketmq.remoting.protocol.body.KVTable;

/** Brokers have the time of this machine. */
final class ClockCheck extends AddressCheck {
  static final String NAME = "clock";

  private static final String RUNTIME = "runtime";
  private static final Executor A_LITTLE_LATER =
      CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS);
  private static final Duration TOLERANCE = Duration.ofSeconds(30);

  /** How {@code StoreStatsService.getFormatRuntime} writes the time since the start. */
  private static final Pattern FORMAT =
      Pattern.compile("\\[ ([\\d,.]+) days, (\\d+) hours, (\\d+) minutes, (\\d+) seconds ]");

  ClockCheck() {
    super(Place.BROKERS);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> after() {
    return place().answering();
  }

  @Override
  CompletableFuture<Verdict> look(Examination examination, String address) {
    // Asked anew, as the answer that is remembered tells of a moment that has passed.
    return ask(examination, address)
        .thenCompose(
            contact ->
                contact instanceof Contact.Answer answer && isTooYoung(answer)
                    ? CompletableFuture.supplyAsync(() -> ask(examination, address), A_LITTLE_LATER)
                        .thenCompose(again -> again)
                    : CompletableFuture.completedFuture(contact))
        .thenApply(contact -> verdict(examination, address, contact));
  }

  private static CompletableFuture<Contact> ask(Examination examination, String address) {
    return Contact.with(examination.client(), Place.BROKERS, address);
  }

  /** In their first second brokers stumble over statistics that they do not have yet. */
  private static boolean isTooYoung(Contact.Answer answer) {
    return answer
        .refusal()
        .filter(refusal -> refusal.code() == RocketMqError.UNEXPECTED_ANSWER)
        .isPresent();
  }

  private static Verdict verdict(Examination examination, String address, Contact contact) {
    if (contact instanceof Contact.Answer answer) {
      return answer
          .refusal()
          .<Verdict>map(refusal -> new Verdict.NotChecked(refusal.message()))
          .orElseGet(() -> compare(examination, address, answer));
    }
    return new Verdict.NotChecked(((Contact.Failure) contact).problem().message());
  }

  private static Verdict compare(Examination examination, String address, Contact.Answer answer) {
    Map<String, String> info = KVTable.decode(answer.command().getBody(), KVTable.class).getTable();
    return time(info)
        .map(time -> judge(examination, address, time))
        .orElseGet(() -> new Verdict.NotChecked("the broker tells no time: " + info.get(RUNTIME)));
  }

  private static Verdict judge(Examination examination, String address, Instant time) {
    Duration ahead = Duration.between(examination.clock().instant(), time);
    String difference = ahead.abs().toSeconds() + " s " + (ahead.isNegative() ? "behind" : "ahead");
    return ahead.abs().compareTo(TOLERANCE) > 0
        ? examination.failed(
            DiagnosisError.CLOCK_SKEW,
            "the clock of " + address + " is " + difference + " of this machine's")
        : new Verdict.Passed("differs by less than " + TOLERANCE.toSeconds() + " s");
  }

  /** What the broker's clock says, to the second: when it started, and for how long it has run. */
  private static Optional<Instant> time(Map<String, String> info) {
    Matcher runtime = FORMAT.matcher(info.getOrDefault(RUNTIME, ""));
    String boot = info.getOrDefault("bootTimestamp", "");
    return runtime.matches() && !boot.isEmpty()
        ? Optional.of(Instant.ofEpochMilli(Long.parseLong(boot)).plus(duration(runtime)))
        : Optional.empty();
  }

  private static Duration duration(Matcher runtime) {
    return Duration.ofDays(Long.parseLong(runtime.group(1).replaceAll("[,.]", "")))
        .plusHours(Long.parseLong(runtime.group(2)))
        .plusMinutes(Long.parseLong(runtime.group(3)))
        .plusSeconds(Long.parseLong(runtime.group(4)));
  }
}
