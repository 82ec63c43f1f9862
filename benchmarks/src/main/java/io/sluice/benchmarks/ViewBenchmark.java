package io.sluice.benchmarks;

import io.sluice.rocketmq.stored.StoredChunk;
import io.sluice.rocketmq.stored.StoredCursor;
import io.sluice.rocketmq.stored.StoredMessages;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExt;
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
import org.openjdk.jmh.infra.Blackhole;

/** Looking at one part of each message of a pull, per message. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(PulledChunk.MESSAGES)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ViewBenchmark {
  private byte[] chunk = {};
  private StoredMessages messages = StoredMessages.of(List.of());

  @Setup
  public void pull() throws Exception {
    chunk = PulledChunk.bytes();
    messages = StoredMessages.of(List.of(StoredChunk.of(chunk)));
  }

  /** The tag as a text. */
  @Benchmark
  public void tag(Blackhole hole) {
    StoredCursor cursor = messages.cursor();
    while (cursor.advance()) {
      hole.consume(cursor.tag());
    }
  }

  /** A user property as a text. */
  @Benchmark
  public void userProperty(Blackhole hole) {
    StoredCursor cursor = messages.cursor();
    while (cursor.advance()) {
      hole.consume(cursor.userProperty("customer"));
    }
  }

  /** The body, which is not copied. */
  @Benchmark
  public void body(Blackhole hole) {
    StoredCursor cursor = messages.cursor();
    while (cursor.advance()) {
      hole.consume(cursor.body());
    }
  }

  /** Any of them as RocketMQ's client gets at it: by decoding all. */
  @Benchmark
  public void decode(Blackhole hole) {
    for (MessageExt message : MessageDecoder.decodes(ByteBuffer.wrap(chunk))) {
      hole.consume(message.getTags());
    }
  }
}
