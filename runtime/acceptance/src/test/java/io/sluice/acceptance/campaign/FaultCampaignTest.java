package io.sluice.acceptance.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sluice.acceptance.Runtime;
import io.sluice.testkit.MirrorReport;
import io.sluice.testkit.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** See docs/fault-campaign.md. */
class FaultCampaignTest {
  private static final int BUSY = 3_000;
  private static final int FEW = 200;
  private static final int LONGER_THAN_A_LOCK = 70;
  private static final int SEVERAL_FILES = 6_000;
  private static final Duration LIMIT = Duration.ofMinutes(1);

  @TempDir static Path servers;
  private static Stage stage;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    System.out.println("FaultCampaignTest: -Dsluice.seed=" + Campaign.SEED);
    stage = Stage.start(servers);
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @Test
  void losesNothingWhenAnyoneIsKilled() throws Exception { // I2, I3, I4, I7
    survives(Campaign.of("killed", Fault.ofProcesses()));
  }

  @Test
  void keepsOrderWhateverTheNetworkDoes() throws Exception { // I3, I4, I7
    survives(Campaign.of("network", Fault.ofTheNetwork()));
  }

  @Test
  void stopsWhenRetentionOvertakesIt() throws Exception {
    assumeThat(Campaign.isChosen("overtake-source")).isTrue();
    try (Trial trial = Trial.begin(stage, "overtaken", folder, Campaign.SEED, BUSY)) {
      trial.awaitCopied(FEW); // of each queue
      trial.source().proxy().cut();
      trial.awaitLoad(SEVERAL_FILES);
      trial.source().servers().restartBroker(BrokerData::expire);
      trial.source().proxy().heal();

      assertThat(trial.runtime().await(LIMIT)).as(trial.runtime().output()).isOne();
      assertThat(trial.runtime().output()).contains("rocketmq.offset-gone");
      assertThat(Gap.in(trial.runtime().output()))
          .hasSize(1)
          .allMatch(gap -> gap.position() + gap.messages() == gap.begin());

      trial.restart(flow -> flow.onGap("earliest"));
      MirrorReport mirror = trial.finish().mirror();
      List<Gap> told = Gap.in(trial.data());
      assertThat(mirror.lost())
          .as("%s%ntold: %s", mirror, told)
          .isPositive()
          .isEqualTo(told.stream().mapToLong(Gap::messages).sum());
      assertThat(mirror.forgotten() + mirror.duplicated() + mirror.reordered()).isZero();
      assertThat(mirror.corrupted() + mirror.extra()).isZero();
    }
  }

  @Test
  void stopsWhenTheTargetIsEmptied() throws Exception {
    assumeThat(Campaign.isChosen("empty-target")).isTrue();
    try (Trial trial = Trial.begin(stage, "emptied", folder, Campaign.SEED, BUSY)) {
      trial.awaitCopied(1);
      trial.target().servers().restartBroker(BrokerData::lose);
      trial.createCopy();
      assertThat(trial.runtime().await(LIMIT)).as(trial.runtime().output()).isOne();
      assertThat(trial.runtime().output()).contains("rocketmq.target-lost");

      trial.restart(); // It must not go on as if nothing had been there.
      assertThat(trial.runtime().await(LIMIT)).as(trial.runtime().output()).isOne();

      trial.restart(flow -> flow.named("anew"));
      assertThat(trial.finish()).matches(Verdict::isExact);
    }
  }

  @Test
  void stopsWhenTheTargetIsEmptiedWhileNothingIsUnderWay() throws Exception {
    assumeThat(Campaign.isChosen("empty-idle-target")).isTrue();
    try (Trial trial = Trial.begin(stage, "emptied_idle", folder, Campaign.SEED, BUSY)) {
      trial.awaitCopied(1);
      trial.idle();
      trial.target().servers().restartBroker(BrokerData::lose);
      trial.createCopy();
      trial.send(FEW);
      assertThat(trial.runtime().await(LIMIT)).as(trial.runtime().output()).isOne();
      assertThat(trial.runtime().output()).contains("rocketmq.target-lost");

      trial.restart();
      assertThat(trial.runtime().await(LIMIT)).as(trial.runtime().output()).isOne();
    }
  }

  @Test
  void noticesATopicThatWasCreatedAnewWhileItWasDown() throws Exception {
    assumeThat(Campaign.isChosen("recreate-source")).isTrue();
    try (Trial trial = Trial.begin(stage, "recreated", folder, Campaign.SEED, FEW)) {
      trial.awaitCopied(1);
      trial.idle();
      trial.runtime().kill();
      int before = Math.toIntExact(trial.copied());
      trial.recreateTopic();
      trial.send(2 * before); // beyond where the flow stands

      trial.restart();
      assertThat(trial.runtime().await(LIMIT)).as(trial.runtime().output()).isOne();
      assertThat(trial.runtime().output()).contains("rocketmq.offset-behind-end");
      assertThat(trial.copied()).isEqualTo(before);

      trial.restart(flow -> flow.onGap("earliest"));
      trial.awaitThat("all of the new topic is there", () -> trial.copied() >= 3L * before);
      assertThat(trial.copied()).isEqualTo(3L * before);
    }
  }

  @Test
  void anOwnerThatWakesUpDoesNotWrite() throws Exception {
    assumeThat(Campaign.isNamed("pause-owner")).isTrue();
    try (Trial trial = Trial.begin(stage, "two_owners", folder, Campaign.SEED, FEW)) {
      trial.awaitCopied(1);
      try (Runtime second = trial.startAnother()) {
        trial.runtime().send(Signal.STOP);
        trial.awaitLoad(LONGER_THAN_A_LOCK * FEW);
        trial.runtime().send(Signal.CONT);
        trial.awaitCopied(FEW);
        assertThat(trial.finish()).matches(Verdict::isExact);
        assertThat(second.isAlive()).isTrue();
      }
    }
  }

  private void survives(Campaign campaign) throws Exception {
    assumeThat(campaign.isEmpty()).isFalse();
    assertThat(campaign.run(stage, folder)).matches(Verdict::isExact);
  }
}
