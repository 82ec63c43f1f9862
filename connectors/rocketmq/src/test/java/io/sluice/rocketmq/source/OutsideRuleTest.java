package io.sluice.rocketmq.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.rocketmq.ManualClock;
import io.sluice.rocketmq.RocketMqError;
import io.sluice.rocketmq.pull.Pulled;
import io.sluice.rocketmq.route.Queue;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OutsideRuleTest {
  private static final Queue QUEUE = new Queue("orders", "b", 3);
  private static final Partition PARTITION = new Partition("a/orders/b/3", 3);

  private final ManualClock clock = new ManualClock();

  private OutsideRule.Verdict judge(OutsideRule rule, long offset, long first, long end) {
    return rule.judge(
        QUEUE, PARTITION, new Position(offset), new Pulled.Outside(first, end), false);
  }

  private OutsideRule rule(OnGap onGap) {
    return new OutsideRule(onGap, "flow", clock);
  }

  @Test
  void failsWithBothOffsetsWhenMessagesExpired() {
    OutsideRule.Verdict verdict = judge(rule(OnGap.FAIL), 100, 250, 400);

    assertThat(verdict.fatal()).isTrue();
    assertThat(verdict.goOn()).isEmpty();
    assertThat(verdict.report().orElseThrow())
        .hasMessageContaining("150 messages")
        .hasMessageContaining("250")
        .hasToString(
            "flow a/orders/b/3 @100: "
                + verdict.report().orElseThrow().message()
                + " [rocketmq.offset-gone]");
  }

  @Test
  void goesOnWhereTheFlowFileSaysAndReportsIt() {
    OutsideRule.Verdict earliest = judge(rule(OnGap.EARLIEST), 100, 250, 400);
    OutsideRule.Verdict latest = judge(rule(OnGap.LATEST), 100, 250, 400);

    assertThat(earliest.goOn()).hasValue(new Position(250));
    assertThat(latest.goOn()).hasValue(new Position(400));
    assertThat(earliest.fatal()).isFalse();
    assertThat(earliest.report()).isPresent();
    assertThat(latest.report()).isPresent();
  }

  @Test
  void givesABrokerTimeBeforeItBelievesThatTheEndIsLost() {
    OutsideRule rule = rule(OnGap.FAIL);
    assertThat(judge(rule, 500, 0, 400)).isEqualTo(OutsideRule.Verdict.ASK_AGAIN);
    clock.pass(Duration.ofSeconds(9));
    assertThat(judge(rule, 500, 0, 400)).isEqualTo(OutsideRule.Verdict.ASK_AGAIN);
    clock.pass(Duration.ofSeconds(2));

    OutsideRule.Verdict verdict = judge(rule, 500, 0, 400);

    assertThat(verdict.fatal()).isTrue();
    assertThat(verdict.report().orElseThrow().code()).isEqualTo(RocketMqError.OFFSET_BEHIND_END);
  }

  @Test
  void goesOnInTheNextIncarnationOfAQueueThatHasBegunAnew() {
    Pulled.Outside now = new Pulled.Outside(3, 400);
    Position stood = new Position(1, 100);

    OutsideRule.Verdict fails = rule(OnGap.FAIL).judge(QUEUE, PARTITION, stood, now, true);
    OutsideRule.Verdict all = rule(OnGap.EARLIEST).judge(QUEUE, PARTITION, stood, now, true);
    OutsideRule.Verdict none = rule(OnGap.LATEST).judge(QUEUE, PARTITION, stood, now, true);

    assertThat(fails.fatal()).isTrue();
    assertThat(fails.report().orElseThrow().message()).contains("from offset 3 to 400", "at 100");
    assertThat(all.goOn()).hasValue(new Position(2, 3));
    assertThat(none.goOn()).hasValue(new Position(2, 400));
  }

  @Test
  void forgetsTheWaitWhenTheQueueCanBeReadAgain() {
    OutsideRule rule = rule(OnGap.FAIL);
    judge(rule, 500, 0, 400);
    rule.back(QUEUE);
    clock.pass(Duration.ofSeconds(11));

    assertThat(judge(rule, 500, 0, 400)).isEqualTo(OutsideRule.Verdict.ASK_AGAIN);
  }
}
