package io.sluice.rocketmq;

import static io.sluice.rocketmq.BrokerPair.group;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.rocketmq.sink.Echoes;
import io.sluice.rocketmq.sink.RocketMqSinkConfiguration;
import io.sluice.rocketmq.source.ConsumeOffset;
import io.sluice.rocketmq.source.RocketMqSourceConfiguration;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two flows in opposite directions over the same topic. */
class BothWaysTest {
  private static final String TOPIC = "both-ways";
  private static final int MESSAGES = 2_000;

  @AutoClose private BrokerPair brokers;

  @BeforeEach
  void start(@TempDir Path directory) {
    brokers = new BrokerPair(directory);
    brokers.topic(brokers.source, TOPIC, 2);
    brokers.topic(brokers.target, TOPIC, 2);
  }

  private DirectFlow flow(String from, String to, Echoes echoes) {
    DirectFlow flow =
        brokers.flow(
            new RocketMqSourceConfiguration(
                from,
                TOPIC,
                Optional.of(group(TOPIC)),
                "TAG",
                "*",
                Optional.empty(),
                ConsumeOffset.CONSUME_FROM_FIRST_OFFSET,
                Optional.empty(),
                "fail"),
            new RocketMqSinkConfiguration(to, TOPIC, true, true, echoes));
    flow.start().toCompletableFuture().join();
    return flow;
  }

  private static long read(DirectFlow flow) {
    return flow.source().progress().stream().mapToLong(one -> one.committed().offset()).sum();
  }

  @Test
  void sendNothingBackToWhereItCameFrom() throws Exception {
    DirectFlow there = flow("source", "target", Echoes.DROP);
    DirectFlow back = flow("target", "source", Echoes.DROP);
    brokers.atSource.sendNumbers(TOPIC, 2, 0, MESSAGES);
    brokers.atTarget.sendNumbers(TOPIC, 2, MESSAGES, 2 * MESSAGES);

    await().until(() -> read(there) == 2 * MESSAGES && read(back) == 2 * MESSAGES);

    List<Integer> all = IntStream.range(0, 2 * MESSAGES).boxed().toList();
    assertThat(brokers.atSource.numbers(TOPIC)).isEqualTo(all);
    assertThat(brokers.atTarget.numbers(TOPIC)).isEqualTo(all);
    assertThat(there.echoes).hasValue(MESSAGES);
    assertThat(back.echoes).hasValue(MESSAGES);
    // What came in between was the other flow's, and no duplicate.
    assertThat(there.duplicates).hasValue(0);
    assertThat(back.duplicates).hasValue(0);
  }

  @Test
  void bringBackWhatWasLostIfTold() throws Exception {
    brokers.atSource.sendNumbers(TOPIC, 2, 0, MESSAGES);
    DirectFlow there = flow("source", "target", Echoes.DROP);
    await().until(() -> read(there) == MESSAGES);
    there.close();

    DirectFlow back = flow("target", "source", Echoes.KEEP);

    await().until(() -> read(back) == MESSAGES);
    assertThat(brokers.atSource.size(TOPIC)).isEqualTo(2 * MESSAGES);
    assertThat(back.echoes).hasValue(0);
  }
}
