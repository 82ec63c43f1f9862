package io.sluice.rocketmq.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.rocketmq.route.Queue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllocationTest {
  private static List<Queue> queues(int count) {
    return IntStream.range(0, count).mapToObj(id -> new Queue("orders", "broker-a", id)).toList();
  }

  private static SortedSet<String> members(int count) {
    SortedSet<String> members = new TreeSet<>();
    IntStream.range(0, count).forEach(i -> members.add("member-" + i));
    return members;
  }

  @ParameterizedTest
  @CsvSource({"8, 1", "8, 2", "8, 3", "8, 8", "1, 4", "7, 5", "0, 3"})
  void givesEachQueueToOneMemberAndNobodyMoreThanOneAboveTheOthers(int queues, int members) {
    List<Queue> given = new ArrayList<>();
    List<Integer> shares = new ArrayList<>();
    for (String member : members(members)) {
      Set<Queue> share = Allocation.of(queues(queues), members(members), member);
      given.addAll(share);
      shares.add(share.size());
    }

    assertThat(given).containsExactlyInAnyOrderElementsOf(queues(queues));
    assertThat(shares)
        .allMatch(share -> share == queues / members || share == queues / members + 1);
  }

  @Test
  void givesNeighboursToAMember() {
    assertThat(Allocation.of(queues(5), members(2), "member-1"))
        .extracting(Queue::id)
        .containsExactlyInAnyOrder(3, 4);
  }
}
