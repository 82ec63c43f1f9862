package io.sluice.rocketmq.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.rocketmq.RocketMqError;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.batch.RecordPayload;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RefusedRecordException;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.record.Record;
import io.sluice.sdk.sink.Sink;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.sink.WriteResult;
import io.sluice.sdk.sink.WriteResult.NotStored;
import io.sluice.sdk.sink.WriteResult.Stored;
import io.sluice.sdk.sink.WriteResult.Unknown;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which topics get which records of a batch, and what becomes of the rest if one does not. */
class TopicsSinkTest {
  private static final Partition LANE = new Partition("source/orders/broker-a/0", 0);
  private static final Partition OTHER = new Partition("source/orders/broker-a/1", 1);

  /** {@code topic@position} in the order of storing. */
  private final List<String> stored = new ArrayList<>();

  private final List<String> opened = new ArrayList<>();
  private final List<String> closed = new ArrayList<>();
  private final Set<String> missing = new HashSet<>();
  private final Set<String> dead = new HashSet<>();
  private final Set<String> silent = new HashSet<>();
  private final TopicsSink sink = new TopicsSink("target", OneTopic::new);

  TopicsSinkTest() {
    sink.prepare(List.of(LANE), Map.of()).toCompletableFuture().join();
  }

  @Test
  void eachRecordGoesToTheTopicThatItNamesInTheOrderOfTheSource() {
    assertThat(write("a", "a", "b", "a", "c")).isEqualTo(new Stored(Optional.empty()));

    assertThat(stored).containsExactly("a@0", "a@1", "b@2", "a@3", "c@4");
    assertThat(opened).containsExactly("a 1", "b 1", "c 1");
  }

  @Test
  void nothingBehindARecordThatIsNotStoredIsStored() {
    dead.add("b");

    assertThat(write("a", "b", "a"))
        .isInstanceOfSatisfying(
            NotStored.class,
            answer -> {
              assertThat(answer.from()).isEqualTo(new Position(1));
              assertThat(answer.reason()).isInstanceOf(RetriableException.class);
            });
    assertThat(stored).containsExactly("a@0");
  }

  @Test
  void aTopicThatIsMissingIsTheFaultOfItsRecord() {
    missing.add("b");

    assertThat(write("a", "b"))
        .isInstanceOfSatisfying(
            NotStored.class,
            answer -> {
              assertThat(answer.from()).isEqualTo(new Position(1));
              assertThat(answer.reason()).isInstanceOf(RefusedRecordException.class);
              assertThat(answer.reason().code()).isEqualTo(RocketMqError.TOPIC_MISSING);
            });
    assertThat(closed).containsExactly("b");
  }

  @Test
  void aTopicThatWasMissingIsLookedForAgain() {
    missing.add("b");
    write("b");
    missing.clear();

    assertThat(write("b")).isInstanceOf(Stored.class);
  }

  @Test
  void topicsThatBelongToRocketMqAreNotWritten() {
    for (String topic :
        List.of("%RETRY%GID", "SCHEDULE_TOPIC_XXXX", "TBW102", "a b", "x".repeat(128))) {
      assertThat(write(topic))
          .isInstanceOfSatisfying(
              NotStored.class,
              answer -> assertThat(answer.reason().code()).isEqualTo(RocketMqError.TOPIC_UNFIT));
    }
    assertThat(opened).isEmpty();
  }

  @Test
  void writesNoMoreTopicsThanItMay() {
    String[] topics =
        IntStream.rangeClosed(0, TopicsSink.MOST_TOPICS)
            .mapToObj(number -> "topic-" + number)
            .toArray(String[]::new);

    assertThat(write(topics))
        .isInstanceOfSatisfying(
            NotStored.class,
            answer -> {
              assertThat(answer.from()).isEqualTo(new Position(TopicsSink.MOST_TOPICS));
              assertThat(answer.reason()).hasMessageContaining("one more than 256");
            });
    assertThat(write("topic-0")).isInstanceOf(Stored.class);
  }

  @Test
  void anOpenOutcomeIsLookedForWhereItWasSentAndTheRestIsNot() { // I7
    silent.add("b");

    assertThat(write("a", "b", "c"))
        .isInstanceOfSatisfying(
            Unknown.class, answer -> assertThat(answer.from()).isEqualTo(new Position(1)));
    assertThat(stored).containsExactly("a@0", "b@1");

    Batch rest = batch("a", "b", "c").from(new Position(1));
    assertThat(sink.resolve(rest).toCompletableFuture().join())
        .isInstanceOfSatisfying(
            NotStored.class, answer -> assertThat(answer.from()).isEqualTo(new Position(2)));
    assertThat(sink.resolve(rest.upTo(new Position(2))).toCompletableFuture().join())
        .isEqualTo(new Stored(Optional.empty()));
    assertThat(stored).containsExactly("a@0", "b@1");
  }

  @Test
  void allTopicsLearnOfPartitionsThatComeAndGo() {
    write("a");
    sink.prepare(List.of(LANE, OTHER), Map.of()).toCompletableFuture().join();
    sink.release(List.of(LANE)).toCompletableFuture().join();
    write("b");

    assertThat(opened).containsExactly("a 1", "a 2", "a released", "b 1");
  }

  @Test
  void manyChangesOfTheTopicDoNotDeepenTheStack() {
    String[] topics =
        IntStream.range(0, 20_000).mapToObj(n -> n % 2 == 0 ? "a" : "b").toArray(String[]::new);

    assertThat(write(topics)).isInstanceOf(Stored.class);
    assertThat(stored).hasSize(20_000);
  }

  private WriteResult write(String... topics) {
    return sink.write(batch(topics)).toCompletableFuture().join();
  }

  /** A record for each topic, at positions from 0 on. */
  private static Batch batch(String... topics) {
    List<DetachedRecord> records =
        IntStream.range(0, topics.length)
            .mapToObj(index -> DetachedRecord.builder(topics[index], new Position(index)).build())
            .toList();
    return Batch.of(LANE, new Position(0), new Position(topics.length), new RecordPayload(records));
  }

  /** Notes what it is told. */
  private final class OneTopic implements Sink {
    private final String topic;

    OneTopic(String topic) {
      this.topic = topic;
    }

    @Override
    public CompletionStage<Void> prepare(
        List<Partition> partitions, Map<Partition, TargetPosition> known) {
      opened.add(topic + " " + partitions.size());
      return missing.contains(topic)
          ? CompletableFuture.failedFuture(
              new SluiceException(RocketMqError.TOPIC_MISSING, topic, Location.NONE))
          : CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> release(List<Partition> partitions) {
      opened.add(topic + " released");
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<WriteResult> write(Batch batch) {
      RetriableException reason =
          new RetriableException(RocketMqError.UNREACHABLE, topic, Location.NONE);
      if (dead.contains(topic)) {
        return CompletableFuture.completedFuture(new NotStored(batch.first(), reason));
      }
      for (Record record : batch.records()) {
        stored.add(topic + "@" + record.position().offset());
      }
      return CompletableFuture.completedFuture(
          silent.contains(topic)
              ? new Unknown(batch.first(), reason)
              : new Stored(Optional.of(new TargetPosition(topic, 1))));
    }

    @Override
    public CompletionStage<WriteResult> resolve(Batch batch) {
      return CompletableFuture.completedFuture(
          new Stored(Optional.of(new TargetPosition(topic, 1))));
    }

    @Override
    public void close() {
      closed.add(topic);
    }
  }
}
