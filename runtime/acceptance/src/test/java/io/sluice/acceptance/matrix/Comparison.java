package io.sluice.acceptance.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testkit.MirrorCheck;
import io.sluice.testkit.MirrorReport;
import io.sluice.testkit.StoredMessage;
import io.sluice.testkit.TopicContents;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whether a copy holds what it should.
 *
 * @param copy says where the copy is
 * @param source name server
 * @param target name server
 */
record Comparison(Copy copy, String source, String target) {
  private static final String GROUP = "__SHARDINGKEY";

  /** What a copy by gRPC keeps of a message. Bodies are told by size and digest. */
  private record Carried(
      String body,
      Optional<String> tags,
      Optional<String> keys,
      Optional<String> uniqueKey,
      Map<String, String> userProperties,
      Map<String, String> ownProperties) {

    static Carried of(StoredMessage message) {
      return new Carried(
          message.body().length + " bytes, " + digest(message.body()),
          message.tags(),
          message.keys(),
          message.uniqueKey(),
          message.userProperties(),
          message.ownProperties());
    }

    private static String digest(byte[] body) {
      try {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
      } catch (NoSuchAlgorithmException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  /** Fails if it does not. */
  void check() {
    if (!copy.speaksGrpc()) {
      MirrorReport report =
          MirrorCheck.between(source, copy.content().topic(), target, copy.name()).run();
      assertThat(report.expected()).isEqualTo(copy.content().messages().count());
      assertThat(report.isExact()).as(report.toString()).isTrue();
      return;
    }
    List<List<StoredMessage>> copies = TopicContents.read(target, copy.name());
    assertThat(carried(copies))
        .containsExactlyInAnyOrderElementsOf(
            carried(TopicContents.read(source, copy.content().topic())));
    if (copy.content() == Content.ORDERED) {
      assertThat(inGroups(copies))
          .hasSize(5)
          .allSatisfy(
              (group, bodies) -> assertThat(List.copyOf(bodies)).as(group).hasSize(8).isSorted());
    }
  }

  /** Each message once: what is sent again by gRPC may be stored again. */
  private static Set<Carried> carried(List<List<StoredMessage>> queues) {
    Set<Carried> messages = new LinkedHashSet<>();
    queues.forEach(queue -> queue.forEach(message -> messages.add(Carried.of(message))));
    return messages;
  }

  /** The bodies of each message group, in the order of their queue, each once. */
  private static Map<String, Set<String>> inGroups(List<List<StoredMessage>> queues) {
    Map<String, Set<String>> groups = new TreeMap<>();
    for (List<StoredMessage> queue : queues) {
      Set<String> begun = new LinkedHashSet<>(groups.keySet());
      for (StoredMessage message : queue) {
        String group = message.ownProperties().get(GROUP);
        assertThat(begun).as("each group is in one queue").doesNotContain(group);
        groups
            .computeIfAbsent(group, unknown -> new LinkedHashSet<>())
            .add(new String(message.body(), StandardCharsets.UTF_8));
      }
    }
    return groups;
  }
}
