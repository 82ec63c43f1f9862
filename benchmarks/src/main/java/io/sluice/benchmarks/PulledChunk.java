package io.sluice.benchmarks;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Random;
import org.apache.rocketmq.common.message.MessageAccessor;
import org.apache.rocketmq.common.message.MessageConst;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExt;

/**
 * What a full pull answers: 32 messages of 1 KB with seven properties each. Half are paid or
 * refunded, and another half in EUR or CNY.
 */
final class PulledChunk {
  static final int MESSAGES = 32;
  static final int BODY = 1024;

  private static final String[] TAGS = {"paid", "shipped", "refunded", "created"};
  private static final String[] CURRENCIES = {"EUR", "CNY", "USD", "SGD"};

  private PulledChunk() {}

  static byte[] bytes() throws Exception {
    Random random = new Random(1);
    ByteBuffer chunk = ByteBuffer.allocate(MESSAGES * 2 * BODY);
    for (int i = 0; i < MESSAGES; i++) {
      chunk.put(MessageDecoder.encode(message(i, random), false));
    }
    byte[] bytes = new byte[chunk.position()];
    chunk.get(0, bytes);
    return bytes;
  }

  private static MessageExt message(int offset, Random random) {
    byte[] body = new byte[BODY];
    random.nextBytes(body);
    MessageExt message = new MessageExt();
    message.setTopic("orders");
    message.setBody(body);
    message.setQueueOffset(offset);
    message.setBornHost(new InetSocketAddress("127.0.0.1", 1));
    message.setStoreHost(new InetSocketAddress("127.0.0.1", 2));
    message.setTags(TAGS[offset % TAGS.length]);
    message.setKeys("order-" + random.nextInt(1_000_000));
    message.setWaitStoreMsgOK(true);
    message.putUserProperty("customer", Integer.toString(random.nextInt(1_000_000)));
    message.putUserProperty("currency", CURRENCIES[offset % CURRENCIES.length]);
    MessageAccessor.putProperty(
        message,
        MessageConst.PROPERTY_UNIQ_CLIENT_MESSAGE_ID_KEYIDX,
        "7F0000010A2C18B4AAC2%012X".formatted(offset));
    MessageAccessor.putProperty(message, MessageConst.PROPERTY_CLUSTER, "DefaultCluster");
    return message;
  }
}
