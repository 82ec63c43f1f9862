package io.sluice.rocketmq.stored;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.rocketmq.common.compression.CompressionType;
import org.apache.rocketmq.common.compression.CompressorFactory;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExtBrokerInner;
import org.apache.rocketmq.common.message.MessageVersion;
import org.apache.rocketmq.common.sysflag.MessageSysFlag;

/** Messages of every shape that a broker may hold, from a seed. */
public final class RandomMessages {
  private static final List<String> SYSTEM_NAMES =
      List.of(
          "TAGS",
          "KEYS",
          "UNIQ_KEY",
          "WAIT",
          "CLUSTER",
          "MSG_REGION",
          "TRACE_ON",
          "DELAY",
          "__SHARDINGKEY",
          "TRAN_MSG",
          "REAL_TOPIC",
          "TIMER_OUT_MS",
          "__RMQ.TRANSIENT.X",
          "BORN_TIMESTAMP",
          "INNER_NUM",
          "_sluice");
  private static final String ALPHABET = "abcXYZ019-_. %|@=,{}äßé中文字🙂";

  private final Random random;
  private long offset;

  public RandomMessages(long seed) {
    random = new Random(seed);
    offset = random.nextInt(1 << 20);
  }

  public List<MessageExtBrokerInner> next(int count) {
    List<MessageExtBrokerInner> messages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      messages.add(next());
    }
    return messages;
  }

  /** A message at an offset behind the one before, with or without a gap. */
  public MessageExtBrokerInner next() {
    MessageExtBrokerInner message = new MessageExtBrokerInner();
    offset += random.nextInt(5) == 0 ? 1 + random.nextInt(9) : 1;
    message.setQueueOffset(offset);
    message.setQueueId(random.nextInt(16));
    message.setFlag(random.nextInt());
    message.setBornTimestamp(random.nextLong(1L << 42));
    message.setStoreTimestamp(random.nextLong(1L << 42));
    message.setReconsumeTimes(random.nextInt(3));
    message.setBornHost(host(message, true));
    message.setStoreHost(host(message, false));
    topic(message);
    body(message);
    message.setPropertiesString(properties());
    return message;
  }

  private InetSocketAddress host(MessageExtBrokerInner message, boolean born) {
    byte[] address = new byte[random.nextInt(4) == 0 ? 16 : 4];
    random.nextBytes(address);
    if (address.length == 16) {
      address[0] = 0x20;
      if (born) {
        message.setBornHostV6Flag();
      } else {
        message.setStoreHostAddressV6Flag();
      }
    }
    try {
      return new InetSocketAddress(InetAddress.getByAddress(address), random.nextInt(65536));
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private void topic(MessageExtBrokerInner message) {
    boolean isLong = random.nextInt(8) == 0;
    message.setTopic(isLong ? "t".repeat(128 + random.nextInt(127)) : "MQ_INST_1%orders");
    message.setVersion(
        isLong ? MessageVersion.MESSAGE_VERSION_V2 : MessageVersion.MESSAGE_VERSION_V1);
  }

  private void body(MessageExtBrokerInner message) {
    int[] sizes = {0, 1, random.nextInt(300), random.nextInt(300), random.nextInt(65537)};
    byte[] body = new byte[sizes[random.nextInt(sizes.length)]];
    random.nextBytes(body);
    if (random.nextInt(3) > 0) {
      message.setBody(body);
      return;
    }
    CompressionType type = CompressionType.values()[random.nextInt(3)];
    boolean old = type == CompressionType.ZLIB && random.nextBoolean();
    message.setSysFlag(
        message.getSysFlag()
            | MessageSysFlag.COMPRESSED_FLAG
            | (old ? 0 : type.getCompressionFlag()));
    try {
      message.setBody(CompressorFactory.getCompressor(type).compress(body, 5));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    int count = new int[] {0, 1, 7, 7, 120}[random.nextInt(5)];
    for (int i = 0; i < count; i++) {
      String name =
          random.nextBoolean()
              ? SYSTEM_NAMES.get(random.nextInt(SYSTEM_NAMES.size()))
              : text(1 + random.nextInt(12));
      properties.put(name, text(random.nextInt(8) == 0 ? random.nextInt(200) : random.nextInt(9)));
    }
    String all = MessageDecoder.messageProperties2String(properties);
    boolean cut = random.nextInt(4) == 0 && !all.isEmpty();
    return cut ? all.substring(0, all.length() - 1) : all;
  }

  private String text(int length) {
    int[] characters = ALPHABET.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(characters[random.nextInt(characters.length)]);
    }
    return text.toString();
  }
}
