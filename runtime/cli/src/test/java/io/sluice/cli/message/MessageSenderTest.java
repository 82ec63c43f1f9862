package io.sluice.cli.message;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cli.CommandError;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.record.Record;
import io.sluice.sdk.sink.Sink;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.sink.WriteResult;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MessageSenderTest {
  private static final RetriableException BUSY =
      new RetriableException(CommandError.NO_ANSWER, "It is busy.", Location.NONE);

  private final Target target = new Target();
  private final MessageSender sender = new MessageSender(target, "orders", Duration.ofSeconds(30));

  @Test
  void messagesOfAKeyStayInOrderInOneQueue() {
    sender.send(
        IntStream.range(0, 3_000).mapToObj(i -> message("key-" + i % 7, "" + i)).iterator());
    assertThat(sender.sent()).isEqualTo(3_000);
    Map<String, String> laneOfKey = new TreeMap<>();
    target.lanes.forEach(
        (lane, stored) -> {
          Map<String, Integer> last = new TreeMap<>();
          for (String entry : stored) {
            String[] keyAndBody = entry.split("=");
            assertThat(laneOfKey.computeIfAbsent(keyAndBody[0], key -> lane)).isEqualTo(lane);
            int number = Integer.parseInt(keyAndBody[1]);
            assertThat(number).isGreaterThan(last.getOrDefault(keyAndBody[0], -1));
            last.put(keyAndBody[0], number);
          }
        });
    assertThat(target.stored()).isEqualTo(3_000);
  }

  @Test
  void messagesWithoutKeyGoToAllQueuesInTurn() {
    sender.send(new GeneratedMessages(8, 10));
    assertThat(target.lanes.values()).hasSize(4).allMatch(stored -> stored.size() == 2);
  }

  @Test
  void whatIsNotStoredIsSentAgainFromThere() {
    target.answers.add(batch -> new WriteResult.NotStored(batch.first().plus(2), BUSY));
    sender.send(List.of(message("k", "0"), message("k", "1"), message("k", "2")).iterator());
    assertThat(target.lanes.values()).singleElement().isEqualTo(List.of("k=0", "k=1", "k=2"));
    assertThat(sender.sent()).isEqualTo(3);
  }

  @Test
  void whatMayBeStoredIsNotSentAgain() {
    target.answers.add(batch -> new WriteResult.Unknown(batch.first().plus(1), BUSY));
    assertThatThrownBy(() -> sender.send(List.of(message("k", "0"), message("k", "1")).iterator()))
        .isInstanceOfSatisfying(
            SluiceException.class,
            error -> assertThat(error.code()).isEqualTo(CommandError.NOT_SENT));
    assertThat(sender.sent()).isEqualTo(1);
    assertThat(target.stored()).isEqualTo(1);
  }

  @Test
  void whatNeverWillBeStoredIsSaidAtOnce() {
    SluiceException denied = new SluiceException(CommandError.USAGE, "Denied.", Location.NONE);
    target.answers.add(batch -> new WriteResult.NotStored(batch.first(), denied));
    assertThatThrownBy(() -> sender.send(new GeneratedMessages(1, 1))).isSameAs(denied);
    assertThat(sender.sent()).isZero();
  }

  @Test
  void whatComesBeforeABadMessageIsSent() {
    Iterator<OutgoingMessage> good = new GeneratedMessages(5, 10);
    SluiceException bad =
        new SluiceException(CommandError.MESSAGE_FILE_INVALID, "Bad.", Location.NONE);
    Iterator<OutgoingMessage> messages =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return true;
          }

          @Override
          public OutgoingMessage next() {
            if (!good.hasNext()) {
              throw bad;
            }
            return good.next();
          }
        };
    assertThatThrownBy(() -> sender.send(messages)).isSameAs(bad);
    assertThat(sender.sent()).isEqualTo(5);
    assertThat(target.stored()).isEqualTo(5);
  }

  private static OutgoingMessage message(String key, String body) {
    return new OutgoingMessage(
        Optional.of(key), Optional.empty(), Map.of(), body.getBytes(US_ASCII));
  }

  /** Stores what it is told to, in memory. */
  private static final class Target implements Sink {
    private final Map<String, List<String>> lanes = new TreeMap<>();
    private final Deque<Function<Batch, WriteResult>> answers = new ArrayDeque<>();

    int stored() {
      return lanes.values().stream().mapToInt(List::size).sum();
    }

    @Override
    public CompletionStage<Void> prepare(
        List<Partition> partitions, Map<Partition, TargetPosition> known) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<WriteResult> write(Batch batch) {
      WriteResult answer =
          answers.isEmpty()
              ? new WriteResult.Stored(Optional.empty())
              : answers.remove().apply(batch);
      for (Record record : batch.records()) {
        if (isStored(record, answer)) {
          String body = US_ASCII.decode(record.body()).toString();
          lanes
              .computeIfAbsent(batch.partition().name(), lane -> new ArrayList<>())
              .add(record.keys().orElse("") + "=" + body);
        }
      }
      return CompletableFuture.completedFuture(answer);
    }

    private static boolean isStored(Record record, WriteResult answer) {
      if (answer instanceof WriteResult.NotStored notStored) {
        return record.position().isBefore(notStored.from());
      }
      return !(answer instanceof WriteResult.Unknown unknown)
          || record.position().isBefore(unknown.from());
    }

    @Override
    public CompletionStage<WriteResult> resolve(Batch batch) {
      throw new AssertionError("never asked");
    }

    @Override
    public void close() {}
  }
}
