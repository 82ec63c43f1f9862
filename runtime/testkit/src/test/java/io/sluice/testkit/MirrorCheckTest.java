package io.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testkit.RocketmqClient.CallFailed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageAccessor;
import org.apache.rocketmq.common.message.MessageConst;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Each test plants one fault into a mirror of 40 messages. */
class MirrorCheckTest {
  private static final int MESSAGES = 40;

  @TempDir static Path directory;
  private static ReleasedServers servers;
  private static RocketmqClient client;

  private String target = "";

  @BeforeAll
  static void fillTheSource() throws CallFailed {
    servers = ReleasedServers.start("5.5.0", "shanghai", directory, Map.of());
    client = new RocketmqClient(servers.nameServer());
    servers.createTopic("source", 2);
    store("source", 0, messages());
  }

  @AfterAll
  static void stop() {
    client.close();
    servers.close();
  }

  @BeforeEach
  void createTheTarget(TestInfo test) {
    target = test.getTestMethod().orElseThrow().getName();
    servers.createTopic(target, 2);
  }

  @Test
  void anExactMirrorHasNoDifferences() throws CallFailed {
    List<Message> stamped = messages();
    stamped.forEach(message -> put(message, "_sluice", "origin"));

    assertThat(mirror(stamped)).isEqualTo(report(MESSAGES, 0, 0, 0, 0, 0));
  }

  @Test
  void findsLostMessages() throws CallFailed {
    List<Message> some = messages();
    some.subList(5, 8).clear();
    some.remove(some.size() - 1);

    assertThat(mirror(some)).isEqualTo(report(MESSAGES - 4, 4, 0, 0, 0, 0));
  }

  @Test
  void findsDuplicatedMessages() throws CallFailed {
    List<Message> some = messages();
    some.addAll(20, new ArrayList<>(some.subList(15, 20)));

    assertThat(mirror(some)).isEqualTo(report(MESSAGES + 5, 0, 5, 0, 0, 0));
  }

  @Test
  void findsReorderedMessages() throws CallFailed {
    List<Message> some = messages();
    Collections.swap(some, 10, 11);

    assertThat(mirror(some)).isEqualTo(report(MESSAGES, 0, 0, 1, 0, 0));
  }

  @Test
  void findsMessagesOfNobody() throws CallFailed {
    List<Message> some = messages();
    some.add(new LoadedMessages(7).at("", 1_000, 0));

    assertThat(mirror(some)).isEqualTo(report(MESSAGES + 1, 0, 0, 0, 0, 1));
  }

  @Test
  void findsMessagesInTheWrongQueue() throws CallFailed {
    List<Message> some = messages();
    store(target, 1, List.of(some.remove(MESSAGES - 1)));

    assertThat(mirror(some)).isEqualTo(report(MESSAGES, 1, 0, 0, 0, 1));
  }

  @Test
  void findsEveryChangeOfAMessage() throws CallFailed {
    List<Consumer<Message>> changes =
        List.of(
            message -> message.getBody()[0]++,
            message ->
                message.setBody(Arrays.copyOf(message.getBody(), 1 + message.getBody().length)),
            message -> message.setFlag(message.getFlag() + 1),
            message -> put(message, MessageConst.PROPERTY_TAGS, "other"),
            message -> put(message, MessageConst.PROPERTY_KEYS, "other"),
            message -> put(message, MessageConst.PROPERTY_UNIQ_CLIENT_MESSAGE_ID_KEYIDX, "other"),
            message -> MessageAccessor.clearProperty(message, "blank"),
            message -> put(message, "größe", "other"),
            message -> put(message, "added", "other"));
    List<Message> some = messages();
    List<Message> withBody = some.stream().filter(message -> message.getBody().length > 0).toList();
    for (int change = 0; change < changes.size(); change++) {
      changes.get(change).accept(withBody.get(change * 2));
    }

    assertThat(mirror(some)).isEqualTo(report(MESSAGES, 0, 0, 0, changes.size(), 0));
  }

  @Test
  void tellsFilteredMessagesFromLostOnes() throws CallFailed {
    List<Message> paid = messages();
    paid.removeIf(message -> !"paid".equals(message.getTags()));
    store(target, 0, paid);

    MirrorCheck check = check().expecting(message -> message.tags().equals(Optional.of("paid")));
    assertThat(check.run())
        .isEqualTo(new MirrorReport(0, paid.size(), paid.size(), 0, 0, 0, 0, 0, List.of()));

    store(target, 0, messages().stream().filter(message -> message.getTags() == null).toList());
    assertThat(check.run()).matches(report -> report.extra() > 0 && report.lost() == 0);
  }

  @Test
  void whatTheSourceHoldsTwiceTheTargetHoldsTwice() throws CallFailed {
    List<Message> twice = messages();
    twice.addAll(messages());
    servers.createTopic("twice", 2);
    store("twice", 0, twice);
    store(target, 0, twice);
    String nameServer = servers.nameServer();

    assertThat(MirrorCheck.between(nameServer, "twice", nameServer, target).run())
        .matches(MirrorReport::isExact);
    assertThat(MirrorCheck.between(nameServer, "twice", nameServer, "source").run().lost())
        .isEqualTo(MESSAGES);
  }

  @Test
  void tellsWhatTheSourceForgotFromWhatTheMirrorLost() throws CallFailed {
    List<Message> all = messages();
    store(target, 0, all);
    AcknowledgedMessages acknowledged = new AcknowledgedMessages();
    acknowledged.add(0, 0, fingerprints(all.subList(0, 2)));
    acknowledged.add(0, 2, fingerprints(all.subList(5, 6))); // another one is there
    acknowledged.add(0, MESSAGES, fingerprints(all.subList(7, 9))); // nothing is there

    MirrorReport report = check().acknowledged(acknowledged).run();
    assertThat(report.forgotten()).isEqualTo(3);
    assertThat(report.lost() + report.duplicated() + report.extra()).isZero();
    assertThat(report.isWhole()).isFalse();
  }

  @Test
  void expectsWhatHasExpiredAtTheSource() {
    List<Fingerprint> all = fingerprints(messages());
    AcknowledgedMessages acknowledged = new AcknowledgedMessages();
    acknowledged.add(0, 0, all);
    ExpectedQueue wanted = new ExpectedQueue();
    SourceQueue queue = new SourceQueue(acknowledged.of(0), wanted);
    queue.begin(30);
    for (int offset = 30; offset < MESSAGES; offset++) {
      queue.add(offset, all.get(offset));
    }
    queue.end();

    assertThat(queue.forgotten()).isEmpty();
    assertThat(wanted.size()).isEqualTo(MESSAGES);
    assertThat(all).allMatch(one -> wanted.take(one) == ExpectedQueue.Verdict.IN_PLACE);
  }

  private static List<Fingerprint> fingerprints(List<Message> messages) {
    return messages.stream().map(message -> Fingerprint.of(StoredMessage.of(0, message))).toList();
  }

  private MirrorReport mirror(List<Message> messages) throws CallFailed {
    store(target, 0, messages);
    MirrorReport report = check().run();
    assertThat(report.differences().isEmpty()).isEqualTo(report.isExact());
    // The words are for people.
    return report(
        report.found(),
        report.lost(),
        report.duplicated(),
        report.reordered(),
        report.corrupted(),
        report.extra());
  }

  private MirrorCheck check() {
    return MirrorCheck.between(servers.nameServer(), "source", servers.nameServer(), target);
  }

  private static MirrorReport report(
      long found, long lost, long duplicated, long reordered, long corrupted, long extra) {
    return new MirrorReport(
        0, MESSAGES, found, lost, duplicated, reordered, corrupted, extra, List.of());
  }

  private static void store(String topic, int queue, List<Message> messages) throws CallFailed {
    client.send(client.queues(topic).get(queue), messages);
  }

  private static List<Message> messages() {
    LoadedMessages content = new LoadedMessages(42);
    return new ArrayList<>(
        LongStream.range(0, MESSAGES).mapToObj(number -> content.at("", number, number)).toList());
  }

  private static void put(Message message, String name, String value) {
    MessageAccessor.putProperty(message, name, value);
  }
}
