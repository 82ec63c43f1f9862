package io.sluice.cli.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cli.CommandError;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.batch.RecordPayload;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.source.BatchReceiver;
import io.sluice.sdk.source.PartitionProgress;
import io.sluice.sdk.source.Source;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class MessageTailTest {
  private static final SluiceException ERROR =
      new SluiceException(CommandError.NO_ANSWER, "Nobody answers.", Location.NONE);

  private static final Partition QUEUE = new Partition("qingdao/orders/broker-a/3", 0);

  private final List<String> seen = new ArrayList<>();

  @Test
  void handsOverMessagesUntilNoMoreAreWanted() {
    Script source = new Script(receiver -> receiver.offer(batch(0, "a", "b", "c")));
    new MessageTail(source)
        .follow(
            (partition, record) -> {
              seen.add(RecordLine.text(partition, record));
              return seen.size() < 2;
            },
            trouble -> {});
    assertThat(seen)
        .containsExactly(
            "2026-11-01T00:00:00Z  broker-a/3 @0  tag=paid  keys=k  a",
            "2026-11-01T00:00:00Z  broker-a/3 @1  tag=paid  keys=k  b");
    assertThat(source.stopped).isTrue();
  }

  @Test
  void tellsOfTroubleAndGoesOn() {
    Script source =
        new Script(
            receiver -> {
              receiver.troubled(ERROR);
              receiver.offer(batch(0, "a"));
            });
    List<SluiceException> troubles = new ArrayList<>();
    new MessageTail(source)
        .follow(
            (partition, record) -> {
              seen.add("record");
              return false;
            },
            troubles::add);
    assertThat(troubles).containsExactly(ERROR);
    assertThat(seen).hasSize(1);
  }

  @Test
  void endsWithTheErrorOfASourceThatCannotGoOn() {
    Script source = new Script(receiver -> receiver.failed(ERROR));
    assertThatThrownBy(() -> new MessageTail(source).follow((p, r) -> true, trouble -> {}))
        .isSameAs(ERROR);
    assertThat(source.stopped).isTrue();
  }

  @Test
  void endsWhenAsked() {
    Script source = new Script(receiver -> {});
    MessageTail tail = new MessageTail(source);
    tail.stop();
    tail.follow((partition, record) -> true, trouble -> {});
    assertThat(source.stopped).isTrue();
  }

  @Test
  void batchesThatWereShownMakeRoomForMore() {
    Script source = new Script(receiver -> receiver.offer(batch(0, "a")));
    MessageTail tail = new MessageTail(source);
    source.onDone = batch -> tail.stop();
    tail.follow((partition, record) -> true, trouble -> {});
    assertThat(source.done).isEqualTo(1);
  }

  @Test
  void programsGetEverything() {
    DetachedRecord record = record(7, new byte[] {0, (byte) 0xff});
    assertThat(RecordLine.json(QUEUE, record))
        .hasToString(
            "{\"event\":\"record\",\"partition\":\"qingdao/orders/broker-a/3\",\"offset\":7,"
                + "\"topic\":\"orders\",\"keys\":\"k\",\"tag\":\"paid\","
                + "\"properties\":{\"region\":\"north\"},"
                + "\"systemProperties\":{\"TAGS\":\"paid\",\"KEYS\":\"k\"},\"flag\":0,"
                + "\"bornAt\":\"2026-11-01T00:00:00Z\",\"storedAt\":\"2026-11-01T00:00:00Z\","
                + "\"bodyBase64\":\"AP8=\"}");
  }

  @Test
  void bodiesFitOnALine() {
    assertThat(preview("two\nlines\t".getBytes(UTF_8))).isEqualTo("two\\nlines\\t");
    assertThat(preview(new byte[] {0x1f, (byte) 0x8b})).isEqualTo("0x1f8b");
    assertThat(preview(new byte[1_000])).startsWith("0x0000").endsWith("... (1,000 bytes)");
    assertThat(preview("x".repeat(1_000).getBytes(UTF_8))).hasSizeLessThan(230);
    assertThat(preview(new byte[0])).isEmpty();
  }

  private static String preview(byte[] body) {
    return BodyText.preview(ByteBuffer.wrap(body));
  }

  private static Batch batch(long first, String... bodies) {
    List<DetachedRecord> records = new ArrayList<>();
    for (String body : bodies) {
      records.add(record(first + records.size(), body.getBytes(UTF_8)));
    }
    return Batch.of(
        QUEUE,
        new Position(first),
        new Position(first + bodies.length),
        new RecordPayload(records));
  }

  private static DetachedRecord record(long offset, byte[] body) {
    return DetachedRecord.builder("orders", new Position(offset))
        .tag("paid")
        .keys("k")
        .userProperty("region", "north")
        .body(body)
        .bornAt(Instant.parse("2026-11-01T00:00:00Z"))
        .build();
  }

  /** Does at its start what the test says. */
  private static final class Script implements Source {
    private final Consumer<BatchReceiver> onStart;
    private Consumer<Batch> onDone = batch -> {};
    private int done;
    private boolean stopped;

    Script(Consumer<BatchReceiver> onStart) {
      this.onStart = onStart;
    }

    @Override
    public CompletionStage<Void> start(BatchReceiver receiver) {
      onStart.accept(receiver);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public void done(Batch batch, Optional<TargetPosition> stored) {
      done++;
      onDone.accept(batch);
    }

    @Override
    public List<PartitionProgress> progress() {
      return List.of();
    }

    @Override
    public CompletionStage<Void> stop() {
      stopped = true;
      return CompletableFuture.completedFuture(null);
    }
  }
}
