package io.sluice.sdk.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.record.Record;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchTest {
  private static final Partition PARTITION = new Partition("a/orders/b/0", 0);

  /** Records at even positions from 10 on; the range ends behind a hole. */
  private static Batch batch(int records) {
    List<DetachedRecord> list =
        IntStream.range(0, records)
            .mapToObj(i -> DetachedRecord.builder("orders", new Position(10 + 2 * i)).build())
            .toList();
    return Batch.of(
        PARTITION, new Position(10), new Position(10 + 2 * records), new RecordPayload(list));
  }

  private static List<Long> positions(Batch batch) {
    List<Long> positions = new ArrayList<>();
    for (Record record : batch.records()) {
      positions.add(record.position().offset());
    }
    return positions;
  }

  @Test
  void showsItsRecordsInOrder() {
    assertThat(positions(batch(3))).containsExactly(10L, 12L, 14L);
  }

  @Test
  void filteringSelectsAndNeverCopies() {
    Batch whole = batch(4);
    Batch some = whole.filter(record -> record.position().offset() % 4 == 0);

    assertThat(positions(some)).containsExactly(12L, 16L);
    assertThat(some.payload()).isSameAs(whole.payload());
    assertThat(some.first()).isEqualTo(whole.first());
    assertThat(some.next()).isEqualTo(whole.next());
    assertThat(some.bytes()).isEqualTo(whole.bytes());
  }

  @Test
  void filtersNarrowEachOther() {
    Batch some =
        batch(10)
            .filter(record -> record.position().offset() >= 14)
            .filter(record -> record.position().offset() < 20);

    assertThat(positions(some)).containsExactly(14L, 16L, 18L);
  }

  @Test
  void aFilterThatPassesEverythingChangesNothing() {
    Batch whole = batch(3);

    assertThat(whole.filter(record -> true)).isSameAs(whole);
  }

  @Test
  void stillCoversItsRangeWhenNothingIsSelected() {
    Batch none = batch(3).filter(record -> false);

    assertThat(none.isEmpty()).isTrue();
    assertThat(none.first().offset()).isEqualTo(10);
    assertThat(none.next().offset()).isEqualTo(16);
  }

  @Test
  void theRemainderStartsAtItsPosition() {
    Batch rest = batch(5).filter(record -> record.position().offset() != 16).from(new Position(13));

    assertThat(positions(rest)).containsExactly(14L, 18L);
    assertThat(rest.first().offset()).isEqualTo(13);
    assertThat(rest.next().offset()).isEqualTo(20);
  }

  @Test
  void theBeginningEndsBeforeItsPosition() {
    Batch start = batch(5).upTo(new Position(16));

    assertThat(positions(start)).containsExactly(10L, 12L, 14L);
    assertThat(start.first().offset()).isEqualTo(10);
    assertThat(start.next().offset()).isEqualTo(16);
    assertThat(positions(batch(5).from(new Position(12)).upTo(new Position(13))))
        .containsExactly(12L);
  }

  @Test
  void refusesAnEmptyRange() {
    assertThatThrownBy(
            () ->
                Batch.of(PARTITION, new Position(3), new Position(3), new RecordPayload(List.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("empty range");
  }

  @Test
  void partitionNamesLeaveRoomForStamps() {
    for (String bad : List.of("", "a b", "a@b", "a\u0001b", "a\nb")) {
      assertThatThrownBy(() -> new Partition(bad, 0)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
