package io.sluice.acceptance.matrix;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code docs/message-kinds.md}, made of what a test has seen. For one thread. */
final class KindsPage {
  private static final String BEGINNING =
      """
      # Kinds of message

      What becomes of each kind of message between each pair of instances. `MessageKindsTest` has RocketMQ's own clients
      write the messages, each of its server's version, lets one runtime copy them, has the clients of the target's version read
      the copies, and writes this page: it changes when the behaviour does.

      In every case body, tag, keys and user properties are what they were, nothing is lost, and no target holds a copy back again.
      Rows are sources, columns are targets. What cannot cross at all: [RocketMQ instances](rocketmq.md#what-crosses).
      """;

  private final Map<Kind, Map<End, Map<End, String>>> outcomes = new EnumMap<>(Kind.class);

  void add(Kind kind, End source, End target, String outcome) {
    outcomes
        .computeIfAbsent(kind, absent -> new EnumMap<>(End.class))
        .computeIfAbsent(source, absent -> new EnumMap<>(End.class))
        .put(target, outcome);
  }

  /** The page. */
  String text() {
    StringBuilder text = new StringBuilder(BEGINNING);
    outcomes.forEach(
        (kind, rows) -> {
          text.append("\n## ").append(kind.title()).append("\n\n");
          text.append(kind.words()).append("\n\n");
          text.append(row("", Arrays.stream(End.values()).map(End::toString)));
          text.append(row("---", Arrays.stream(End.values()).map(end -> "---")));
          rows.forEach(
              (source, cells) -> text.append(row(source.toString(), cells.values().stream())));
        });
    return text.toString();
  }

  private static String row(String first, Stream<String> cells) {
    return cells.collect(Collectors.joining(" | ", "| " + first + " | ", " |\n"));
  }
}
