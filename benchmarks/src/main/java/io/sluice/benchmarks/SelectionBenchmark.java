package io.sluice.benchmarks;

import io.sluice.flows.pattern.EventPattern;
import io.sluice.rocketmq.filter.TagExpression;
import io.sluice.rocketmq.stored.StoredChunk;
import io.sluice.rocketmq.stored.StoredMessages;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.batch.Selection;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Which messages of a pull pass a filter, per message; half of them do. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(PulledChunk.MESSAGES)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SelectionBenchmark {
  private static final Set<String> TAGS = Set.of("paid", "refunded");

  private final TagExpression expression = TagExpression.parse("paid || refunded");
  private final EventPattern tag =
      CompiledPattern.of(
          """
          {"data": {"systemProperties": {"TAGS": ["paid", "refunded"]}}}""");
  private final EventPattern userProperty =
      CompiledPattern.of(
          """
          {"data": {"userProperties": {"currency": ["EUR", "CNY"]}}}""");
  private byte[] chunk = {};
  private StoredMessages messages = StoredMessages.of(List.of());
  private Batch batch = batchOf(messages);

  @Setup
  public void pull() throws Exception {
    chunk = PulledChunk.bytes();
    messages = StoredMessages.of(List.of(StoredChunk.of(chunk)));
    batch = batchOf(messages);
  }

  private static Batch batchOf(StoredMessages messages) {
    Partition partition = new Partition("qingdao/orders/broker-a/3", 3);
    return Batch.of(partition, new Position(0), new Position(PulledChunk.MESSAGES), messages);
  }

  /** The tag expression of a source, without a text for each tag. */
  @Benchmark
  public Selection tagExpression() {
    return expression.select(messages);
  }

  /** An event pattern that names the tag. */
  @Benchmark
  public Batch patternOnTag() {
    return batch.filter(tag);
  }

  /** An event pattern that names a user property. */
  @Benchmark
  public Batch patternOnUserProperty() {
    return batch.filter(userProperty);
  }

  /** The tag as RocketMQ's client compares it: after decoding the message. */
  @Benchmark
  public long decodeAndCompareTag() {
    return MessageDecoder.decodes(ByteBuffer.wrap(chunk)).stream()
        .filter(message -> TAGS.contains(message.getTags()))
        .count();
  }
}
