package io.sluice.acceptance.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testkit.OfficialRemotingClient.Seen;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What became of the messages of a kind between two instances, as consumers there see them.
 *
 * @param source as they stand in the source topic
 * @param target as they stand in the target topic
 */
record Crossing(Kind kind, List<Seen> source, List<Seen> target) {
  private static final String GROUP = "__SHARDINGKEY";
  private static final List<String> OF_USERS = List.of("kind", "number", "region", "due", GROUP);

  /** What a copy has to keep, whatever the protocol. */
  private record Visible(String body, String tags, String keys, Map<String, String> properties) {
    static Visible of(Seen seen) {
      Map<String, String> properties = new TreeMap<>(seen.properties());
      properties.keySet().retainAll(OF_USERS);
      return new Visible(seen.body(), seen.tags(), seen.keys(), properties);
    }
  }

  /** One of the messages of both sides that were seen. */
  static Crossing of(Kind kind, List<Seen> source, List<Seen> target) {
    return new Crossing(kind, ofKind(kind, source), ofKind(kind, target));
  }

  private static List<Seen> ofKind(Kind kind, List<Seen> seen) {
    return seen.stream()
        .filter(message -> kind.key().equals(message.properties().get("kind")))
        .toList();
  }

  /** The outcome in a few words. Fails if something is lost, or other than it has to be. */
  String outcome() {
    assertThat(source).hasSize(kind.count());
    assertThat(visible(target)).isEqualTo(visible(source));
    assertThat(target).allSatisfy(Crossing::isDelayedNoMore);
    String flag = flags(target).equals(flags(source)) ? "" : ", without flag";
    return words() + flag;
  }

  private String words() {
    return switch (kind) {
      case NORMAL, BATCH, RETRY, DEAD_LETTER -> "as it was";
      case ORDERED -> inOrder();
      case DELAY_LEVEL, DELAY_TIME -> whenDue();
      case TRANSACTION -> committed();
      case ZLIB, LZ4, ZSTD -> compression();
      case REQUEST -> correlation();
    };
  }

  private static Set<Visible> visible(List<Seen> messages) {
    Set<Visible> visible = new HashSet<>();
    messages.forEach(message -> visible.add(Visible.of(message)));
    return visible;
  }

  private static Set<Integer> flags(List<Seen> messages) {
    Set<Integer> flags = new HashSet<>();
    messages.forEach(message -> flags.add(message.flag()));
    return flags;
  }

  /** What a broker had to deliver later has the properties of that. */
  private static void isDelayedNoMore(Seen copy) {
    assertThat(copy.delayLevel()).isZero();
    assertThat(copy.properties())
        .doesNotContainKeys("DELAY", "TIMER_DELIVER_MS", "TIMER_OUT_MS", "REAL_TOPIC", "TRAN_MSG")
        .doesNotContainKeys("RETRY_TOPIC", "DLQ_ORIGIN_TOPIC");
    // Proxies add it to all that they take.
    assertThat(copy.properties().getOrDefault("RECONSUME_TIME", "0")).isEqualTo("0");
  }

  private String inOrder() {
    assertThat(numbersByKey(target)).isEqualTo(numbersByKey(source));
    return "in order";
  }

  /** The numbers of each key and queue, in the order of the queue. */
  private static Map<String, List<Integer>> numbersByKey(List<Seen> messages) {
    Map<String, Map<Integer, Set<Integer>>> keys = new TreeMap<>();
    messages.stream()
        .sorted(Comparator.comparingInt(Seen::queue).thenComparingLong(Seen::offset))
        .forEach(
            message ->
                keys.computeIfAbsent(message.properties().get(GROUP), key -> new LinkedHashMap<>())
                    .computeIfAbsent(message.queue(), queue -> new LinkedHashSet<>())
                    .add(Integer.valueOf(message.properties().get("number"))));
    Map<String, List<Integer>> numbers = new TreeMap<>();
    keys.forEach(
        (key, queues) -> {
          assertThat(queues).as("%s is in one queue", key).hasSize(1);
          queues.values().forEach(order -> numbers.put(key, List.copyOf(order)));
        });
    return numbers;
  }

  private String whenDue() {
    assertThat(target.get(0).storedAt()).isAfterOrEqualTo(source.get(0).storedAt());
    String due = target.get(0).properties().get("due");
    if (due != null) {
      assertThat(target.get(0).storedAt().toEpochMilli())
          // Timers of brokers are exact to a second.
          .isGreaterThanOrEqualTo(Long.parseLong(due) - 1_000);
    }
    return "when due";
  }

  private String committed() {
    assertThat(target)
        .extracting(message -> message.properties().get("decision"))
        .containsOnly("COMMIT_MESSAGE");
    return "committed only";
  }

  private String compression() {
    assertThat(isCompressed(source.get(0))).isTrue();
    return isCompressed(target.get(0)) ? "as it was" : "inflated";
  }

  private static boolean isCompressed(Seen message) {
    return message.storeSize() < message.body().length();
  }

  private String correlation() {
    String name = "CORRELATION_ID";
    String asked = source.get(0).properties().get(name);
    assertThat(asked).isNotEmpty();
    return asked.equals(target.get(0).properties().get(name))
        ? "with `CORRELATION_ID`"
        : "without `CORRELATION_ID`";
  }
}
