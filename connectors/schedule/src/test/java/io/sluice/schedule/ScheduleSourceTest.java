package io.sluice.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.schedule.ScheduleConfiguration.Misfire;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.source.InFlightLimit;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleSourceTest {
  private static final String EACH_MINUTE = "0 * * * * ?";

  private static Clockwork at(String time) {
    return new Clockwork("2026-11-21T" + time + "Z");
  }

  private static String time(String time) {
    return "2026-11-21T" + time + "Z";
  }

  @Test
  void makesAnEventAtEachDueTime() {
    Clockwork clockwork = at("10:00:30").start(EACH_MINUTE, Misfire.FIRE_ONCE);
    assertThat(clockwork.due()).isEmpty();

    clockwork.pass(Duration.ofSeconds(29));
    assertThat(clockwork.due()).isEmpty();
    clockwork.pass(Duration.ofSeconds(1));
    assertThat(clockwork.due()).containsExactly(time("10:01:00"));
    clockwork.pass(Duration.ofMinutes(2));
    assertThat(clockwork.due())
        .containsExactly(time("10:01:00"), time("10:02:00"), time("10:03:00"));
  }

  @Test
  void anEventIsAnEventBridgeScheduledEvent() {
    DetachedRecord record =
        at("10:00:30")
            .start(EACH_MINUTE, Misfire.FIRE_ONCE)
            .pass(Duration.ofMinutes(1))
            .records()
            .get(0);

    assertThat(StandardCharsets.UTF_8.decode(record.body()).toString())
        .isEqualTo(
            "{\"TimeZone\":\"UTC\",\"Schedule\":\"0 * * * * ?\",\"UserData\":{\"job\":\"close-day\"}}");
    assertThat(record.userProperty("CE_type")).contains("eventbridge:Events:ScheduledEvent");
    assertThat(record.userProperty("CE_source")).contains("nightly");
    assertThat(record.userProperty("CE_specversion")).contains("1.0");
    assertThat(record.userProperty("CE_time")).contains(time("10:01:00"));
    assertThat(record.userProperty("CE_contenttype")).contains("application/json; charset=utf-8");
    assertThat(record.bornAt()).isEqualTo(Instant.parse(time("10:01:00")));
    assertThat(record.position())
        .isEqualTo(new Position(Instant.parse(time("10:01:00")).getEpochSecond()));
  }

  @Test
  void theSameDueTimeAlwaysGivesTheSameEvent() {
    String id =
        at("10:00:30")
            .start(EACH_MINUTE, Misfire.ALL)
            .pass(Duration.ofMinutes(1))
            .records()
            .get(0)
            .userProperty("CE_id")
            .orElseThrow();
    List<DetachedRecord> again =
        at("10:00:10").start(EACH_MINUTE, Misfire.ALL).pass(Duration.ofMinutes(2)).records();

    assertThat(again.get(0).userProperty("CE_id")).contains(id);
    assertThat(again.get(1).userProperty("CE_id").orElseThrow()).isNotEqualTo(id);
  }

  @Test
  void goesOnAfterTheLastOneThatIsDone() { // I1, I2
    Clockwork clockwork = at("10:00:30").start(EACH_MINUTE, Misfire.ALL).hold();
    clockwork.pass(Duration.ofMinutes(1)).finish().checkpoint();
    clockwork.pass(Duration.ofMinutes(1)); // 10:02 is offered, and not done
    clockwork.kill().start(EACH_MINUTE, Misfire.ALL);

    assertThat(clockwork.due())
        .containsExactly(time("10:01:00"), time("10:02:00"), time("10:02:00"));
  }

  @Test
  void makesUpForAllThatItMissed() {
    assertThat(missedFourTimes(Misfire.ALL))
        .containsExactly(
            time("10:01:00"),
            time("10:02:00"),
            time("10:03:00"),
            time("10:04:00"),
            time("10:05:00"),
            time("10:06:00"));
  }

  @Test
  void makesUpForTheLastThatItMissed() {
    assertThat(missedFourTimes(Misfire.FIRE_ONCE))
        .containsExactly(time("10:01:00"), time("10:05:00"), time("10:06:00"));
  }

  @Test
  void makesUpForNothingThatItMissed() {
    assertThat(missedFourTimes(Misfire.SKIP)).containsExactly(time("10:01:00"), time("10:06:00"));
  }

  /** Stops at 10:01:30, and starts again at 10:05:30. */
  private static List<String> missedFourTimes(Misfire misfire) {
    Clockwork clockwork = at("10:00:30").start(EACH_MINUTE, misfire);
    clockwork.pass(Duration.ofMinutes(1)).checkpoint().kill();
    clockwork.pass(Duration.ofMinutes(4)).start(EACH_MINUTE, misfire);
    return clockwork.pass(Duration.ofMinutes(1)).due();
  }

  @Test
  void aDueTimeOfTheVeryStartIsNotMissed() {
    assertThat(at("10:00:00").start(EACH_MINUTE, Misfire.SKIP).due())
        .containsExactly(time("10:00:00"));
    assertThat(at("10:00:00.001").start(EACH_MINUTE, Misfire.ALL).due()).isEmpty();
  }

  @Test
  void whatWasDueWhileItPausedCountsAsMissed() {
    Clockwork clockwork = at("10:00:30").start(EACH_MINUTE, Misfire.FIRE_ONCE);
    clockwork.source().pause();
    clockwork.pass(Duration.ofMinutes(5));
    assertThat(clockwork.due()).isEmpty();
    clockwork.source().resume();
    clockwork.pass(Duration.ofMinutes(1));

    assertThat(clockwork.due()).containsExactly(time("10:05:00"), time("10:06:00"));
  }

  @Test
  void whileTheTargetIsSlowNothingIsLeftOut() { // I3
    Clockwork clockwork = at("10:00:30").start(EACH_MINUTE, Misfire.SKIP).hold();
    clockwork.pass(Duration.ofMinutes(5)).finish();

    assertThat(clockwork.due())
        .containsExactly(
            time("10:01:00"),
            time("10:02:00"),
            time("10:03:00"),
            time("10:04:00"),
            time("10:05:00"));
    assertThat(clockwork.source().progress().get(0).lag()).hasValue(4);
    assertThat(clockwork.wakes()).as("nobody waits for a due time that waits itself").isLessThan(5);
  }

  @Test
  void staysWithinTheLimit() { // I6
    Clockwork clockwork = new Clockwork("2026-11-21T10:00:30Z", new InFlightLimit(3, 1 << 20));
    clockwork.start(EACH_MINUTE, Misfire.ALL).hold().pass(Duration.ofHours(1)).finish();
    assertThat(clockwork.open().count()).isEqualTo(3);

    Clockwork small = new Clockwork("2026-11-21T10:00:30Z", new InFlightLimit(100, 1));
    small.start(EACH_MINUTE, Misfire.ALL).hold().pass(Duration.ofHours(1)).finish();
    assertThat(small.open().count()).isEqualTo(1);
  }

  @Test
  void noticesAClockThatIsPutOn() {
    Clockwork clockwork = at("10:00:30").start("0 0 12 * * ?", Misfire.FIRE_ONCE);
    clockwork.jump(Duration.ofHours(2)).pass(Duration.ofSeconds(30));

    assertThat(clockwork.due()).containsExactly(time("12:00:00"));
  }

  @Test
  void anotherScheduleHasMissedNothing() {
    Clockwork clockwork = at("10:00:30").start(EACH_MINUTE, Misfire.ALL);
    clockwork.pass(Duration.ofMinutes(1)).checkpoint().kill().pass(Duration.ofMinutes(4));
    clockwork.start("30 * * * * ?", Misfire.ALL);

    assertThat(clockwork.due()).containsExactly(time("10:01:00"), time("10:05:30"));
  }

  @Test
  void saysThatItIsNeverDue() {
    assertThatThrownBy(() -> at("10:00:00").start("0 0 0 1 1 ? 2025", Misfire.ALL))
        .hasCauseInstanceOf(SluiceException.class)
        .hasMessageContaining("never due");
  }

  @Test
  void offersNothingAfterItsStop() {
    Clockwork clockwork = at("10:00:30").start(EACH_MINUTE, Misfire.ALL);
    assertThat(clockwork.source().stop().toCompletableFuture()).isCompleted();

    assertThat(clockwork.pass(Duration.ofMinutes(5)).due()).isEmpty();
  }
}
