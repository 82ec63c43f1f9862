package io.sluice.rocketmq.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.rocketmq.RocketMqError;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.source.BatchReceiver;
import io.sluice.sdk.source.ResumePoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class TroublesTest {
  private static final String OVER = "over";

  private final List<String> told = new ArrayList<>();
  private final Troubles troubles = new Troubles("flow", "orders", new Receiver());

  @Test
  void aServersTroubleIsToldOnceForAllItsQueues() {
    troubles.at("a/0", "broker-a", cause("a is away"));
    troubles.at("a/1", "broker-a", cause("a is away"));
    troubles.at("a/0", "broker-a", cause("a is still away"));
    troubles.over("a/0");
    troubles.over("a/1");
    assertThat(told).containsExactly("a is away", OVER);
  }

  @Test
  void anotherServersTroubleIsToldBesides() {
    troubles.at("a/0", "broker-a", cause("a is away"));
    troubles.at("b/0", "broker-b", cause("b is away"));
    troubles.at("b/1", "broker-b", cause("b is away"));
    assertThat(told).containsExactly("a is away", "b is away");
  }

  @Test
  void whatLastsIsToldAgainWhenAnotherServersTroubleEnds() {
    troubles.at("a/0", "broker-a", cause("a is away"));
    troubles.at("b/0", "broker-b", cause("b is away"));
    troubles.over("b/0");
    assertThat(told).containsExactly("a is away", "b is away", "a is away");
    troubles.over("a/0");
    assertThat(told).endsWith(OVER);
  }

  @Test
  void whatComesOfAServersTroubleElsewhereIsNoOther() {
    troubles.at("the group", cause("nobody tells who belongs to it"));
    troubles.at("a/0", "broker-a", cause("a is away"));
    troubles.over("a/0");
    troubles.over("the group");
    assertThat(told).containsExactly("nobody tells who belongs to it", OVER);
  }

  private static SluiceException cause(String message) {
    return new RetriableException(RocketMqError.UNREACHABLE, message, Location.NONE);
  }

  private final class Receiver implements BatchReceiver {
    @Override
    public CompletionStage<Map<Partition, ResumePoint>> assigned(List<Partition> partitions) {
      return CompletableFuture.completedFuture(Map.of());
    }

    @Override
    public void offer(Batch batch) {}

    @Override
    public CompletionStage<Void> revoked(List<Partition> partitions) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void troubled(SluiceException cause) {
      told.add(cause.message());
    }

    @Override
    public void recovered() {
      told.add(OVER);
    }

    @Override
    public void failed(SluiceException cause) {}
  }
}
