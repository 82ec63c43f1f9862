package io.sluice.rocketmq.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.rocketmq.route.Queue;
import io.sluice.rocketmq.sink.Neighbours.Range;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class NeighboursTest {
  private static final Queue QUEUE = new Queue("orders", "broker-a", 3);

  private final Neighbours neighbours = new Neighbours();
  private final Neighbours.Share one = neighbours.join("hangzhou", QUEUE);

  @Test
  void whatAnotherHasStoredIsKnown() {
    Neighbours.Share other = neighbours.join("hangzhou", QUEUE);
    other.store(20, 30);
    one.store(30, 35);
    other.store(40, 50);
    other.store(10, 15);

    assertThat(one.unknown(20, 35)).isEmpty();
    assertThat(one.unknown(22, 28)).isEmpty();
    assertThat(one.unknown(5, 60))
        .containsExactly(new Range(5, 10), new Range(15, 20), new Range(35, 40), new Range(50, 60));
    assertThat(one.unknown(36, 39)).containsExactly(new Range(36, 39));
  }

  @Test
  void rangesThatMeetOrOverlapBecomeOne() {
    Neighbours.Share other = neighbours.join("hangzhou", QUEUE);
    other.store(10, 20);
    other.store(30, 40);
    other.store(60, 70);
    other.store(15, 60);

    assertThat(one.unknown(10, 70)).isEmpty();
    assertThat(one.unknown(0, 80)).containsExactly(new Range(0, 10), new Range(70, 80));
  }

  @Test
  void anotherQueueOrInstanceIsSomethingElse() {
    neighbours.join("hangzhou", new Queue("orders", "broker-a", 4)).store(0, 10);
    neighbours.join("beijing", QUEUE).store(0, 10);

    assertThat(one.isShared()).isFalse();
    assertThat(one.unknown(0, 10)).containsExactly(new Range(0, 10));
  }

  @Test
  void nothingIsKeptForOneAlone() {
    one.store(0, 10);

    assertThat(one.unknown(0, 10)).containsExactly(new Range(0, 10));
  }

  @Test
  void itIsSharedAsLongAsTheOthersAreThere() {
    Neighbours.Share other = neighbours.join("hangzhou", QUEUE);
    assertThat(one.isShared()).isTrue();

    other.close();
    other.close();

    assertThat(one.isShared()).isFalse();
    assertThat(neighbours.join("hangzhou", QUEUE).isShared()).isTrue();
  }

  @Test
  void whatOneStoresThatHasLeftIsNotKnown() {
    Neighbours.Share earlier = neighbours.join("hangzhou", QUEUE);
    neighbours.join("hangzhou", QUEUE);
    earlier.store(0, 10);
    earlier.close();
    earlier.store(10, 20);

    assertThat(one.unknown(0, 20)).containsExactly(new Range(10, 20));
  }

  @Test
  void theOldestOfManyAreForgotten() {
    Neighbours.Share other = neighbours.join("hangzhou", QUEUE);
    LongStream.range(0, 1_001).forEach(number -> other.store(number * 10, number * 10 + 5));

    assertThat(one.unknown(0, 5)).containsExactly(new Range(0, 5));
    assertThat(one.unknown(10, 15)).isEmpty();
    assertThat(one.unknown(10_000, 10_005)).isEmpty();
  }
}
