package io.sluice.benchmarks;

import io.sluice.rocketmq.stored.StoredChunk;
import io.sluice.rocketmq.stored.StoredMessages;
import io.sluice.rocketmq.transcode.BatchEncoder;
import io.sluice.rocketmq.transcode.EncoderLimits;
import io.sluice.rocketmq.transcode.Stamping;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageAccessor;
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

/** From a pull's answer to the body of a batch send, per message. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(PulledChunk.MESSAGES)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TranscodeBenchmark {
  private static final Partition PARTITION = new Partition("qingdao/orders/broker-a/3", 3);

  private final BatchEncoder encoder = new BatchEncoder(EncoderLimits.DEFAULT, Stamping.of(true));
  private byte[] chunk = {};

  @Setup
  public void pull() throws Exception {
    chunk = PulledChunk.bytes();
  }

  /** Sluice's way. */
  @Benchmark
  public byte[] transcode() {
    StoredMessages messages = StoredMessages.of(List.of(StoredChunk.of(chunk)));
    Batch batch =
        Batch.of(PARTITION, new Position(0), new Position(PulledChunk.MESSAGES), messages);
    return encoder.requests(batch).next().orElseThrow().body();
  }

  /** The way of RocketMQ's client: messages as objects in between. */
  @Benchmark
  public byte[] decodeAndEncode() {
    List<Message> copies = new ArrayList<>();
    for (MessageExt message : MessageDecoder.decodes(ByteBuffer.wrap(chunk))) {
      Message copy = new Message("orders", message.getBody());
      copy.setFlag(message.getFlag());
      MessageAccessor.setProperties(copy, message.getProperties());
      MessageAccessor.clearProperty(copy, "WAIT");
      MessageAccessor.clearProperty(copy, "CLUSTER");
      copy.putUserProperty("_sluice", PARTITION.name() + '@' + message.getQueueOffset());
      copies.add(copy);
    }
    return MessageDecoder.encodeMessages(copies);
  }
}
