package io.sluice.rocketmq.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.rocketmq.transcode.StampText.Next;
import io.sluice.sdk.batch.Partition;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StampTextTest {
  private static final Partition PARTITION = new Partition("hangzhou/orders/broker-a/3", 0);
  private static final Stamping STAMPING = Stamping.of(true).cuttingEchoes("tokyo", "orders");

  @Test
  void namesPartitionAndPosition() {
    assertThat(new StampText(PARTITION, 0, STAMPING).next(Optional.empty(), 12345))
        .isEqualTo(new Next.Value(Optional.of("hangzhou/orders/broker-a/3@12345")));
    assertThat(new StampText(PARTITION, 2, STAMPING).next(Optional.empty(), 7))
        .isEqualTo(new Next.Value(Optional.of("hangzhou/orders/broker-a/3@2:7")));
  }

  @Test
  void tellsWhereACopyHasBeen() {
    String before = "beijing/orders/broker-b/0@7";

    assertThat(new StampText(PARTITION, 0, STAMPING).next(Optional.of(before), 1))
        .isEqualTo(new Next.Value(Optional.of("hangzhou/orders/broker-a/3@1<beijing/orders")));
  }

  @Test
  void recognisesWhatHasBeenInTheTopicBefore() {
    assertThat(new StampText(PARTITION, 0, STAMPING).next(Optional.of("tokyo/orders/b/0@7"), 1))
        .isEqualTo(new Next.Echo());
  }

  @Test
  void hasNothingToSayWhereRecordsAreNotStamped() {
    assertThat(
            new StampText(PARTITION, 0, Stamping.of(false)).next(Optional.of("tokyo/o/b/0@7"), 1))
        .isEqualTo(new Next.Value(Optional.empty()));
  }
}
