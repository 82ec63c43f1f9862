package io.sluice.testkit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageAccessor;
import org.apache.rocketmq.common.message.MessageConst;

/**
 * The messages of a {@link MessageLoad}: the n-th is the same whenever it is asked for, so that
 * none need be kept.
 *
 * @param seed where all that is random about them comes from
 */
record LoadedMessages(long seed) {
  private static final String[] TAGS = {"paid", "refunded", "shipped", "zurückgegeben", "已取消"};
  private static final String[] WORDS = {
    "plain", "größer", "订单 42", "🚢🧾", " ", "0", "=", "a;b,c"
  };
  private static final int LARGEST_BODY = 64 << 10;
  private static final int LONG_VALUE = 300;

  Message at(String topic, long number, long sequence) {
    // Multiplied, as generators with neighbouring seeds are not independent.
    SplittableRandom random = new SplittableRandom(seed ^ (number * 0x9E3779B97F4A7C15L));
    Message message = new Message(topic, body(random));
    message.setFlag(random.nextInt());
    MessageAccessor.setProperties(message, properties(number, sequence, random));
    return message;
  }

  /** About 4 KB on average; 1 in 20 is empty. */
  private static byte[] body(SplittableRandom random) {
    int percent = random.nextInt(100);
    int size;
    if (percent < 5) {
      size = 0;
    } else if (percent < 65) {
      size = random.nextInt(1, 1 << 10);
    } else if (percent < 94) {
      size = random.nextInt(1 << 10, 8 << 10);
    } else {
      size = random.nextInt(8 << 10, LARGEST_BODY + 1);
    }
    byte[] body = new byte[size];
    random.nextBytes(body);
    return body;
  }

  private Map<String, String> properties(long number, long sequence, SplittableRandom random) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put(
        MessageConst.PROPERTY_UNIQ_CLIENT_MESSAGE_ID_KEYIDX, "%016X%016X".formatted(seed, number));
    if (random.nextInt(10) > 0) {
      properties.put(MessageConst.PROPERTY_TAGS, TAGS[random.nextInt(TAGS.length)]);
    }
    if (random.nextInt(10) > 0) {
      String keys = "order-" + number;
      properties.put(
          MessageConst.PROPERTY_KEYS,
          random.nextBoolean() ? keys : keys + " customer-" + number % 7);
    }
    properties.put(MessageLoad.SEQUENCE, Long.toString(sequence));
    properties.put("number", Long.toString(number));
    properties.put("region", "cn-qingdao");
    properties.put("größe", WORDS[random.nextInt(WORDS.length)]);
    properties.put("订单", WORDS[random.nextInt(WORDS.length)]);
    properties.put("blank", " ");
    properties.put("long", "x".repeat(random.nextInt(1, LONG_VALUE)));
    properties.put("word", WORDS[random.nextInt(WORDS.length)]);
    properties.put("amount", Double.toString(random.nextDouble(10_000)));
    properties.put(
        "traceparent", "00-%016x%016x-01".formatted(random.nextLong(), random.nextLong()));
    return properties;
  }
}
