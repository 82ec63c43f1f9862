package io.sluice.testkit;

import io.sluice.testkit.RocketmqClient.CallFailed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.rocketmq.common.compression.CompressionType;
import org.apache.rocketmq.common.compression.CompressorFactory;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageAccessor;
import org.apache.rocketmq.common.message.MessageConst;
import org.apache.rocketmq.common.sysflag.MessageSysFlag;

/**
 * A few dozen messages, each unlike the others in something that a copy may lose: the same ones
 * each time. They go round the queues of a topic.
 */
public final class VariedMessages {
  static {
    RocketmqLogs.silence();
  }

  private static final int LANES = 5;
  private static final int LARGE = (4 << 20) - 8_192;

  private final List<Sent> messages = new ArrayList<>();
  private final Random random = new Random(42);

  /**
   * @param sysFlag of the request
   */
  private record Sent(Message message, int sysFlag) {}

  private VariedMessages() {}

  /** Everything that brokers take. */
  public static VariedMessages everything() {
    VariedMessages all = portable();
    all.unbounded();
    all.ordered();
    return all;
  }

  /** What gRPC can carry to a topic of type NORMAL. */
  public static VariedMessages portable() {
    VariedMessages some = new VariedMessages();
    some.texts();
    some.bodies();
    return some;
  }

  /** Eight messages of each of five message groups, each with its number in the group as body. */
  public static VariedMessages grouped() {
    VariedMessages some = new VariedMessages();
    some.ordered();
    return some;
  }

  /** One message near the limit of 4 MiB, between two small ones in its queue. */
  public static VariedMessages large() {
    VariedMessages some = new VariedMessages();
    for (int number = 0; number < 3 * LANES; number++) {
      some.add("small " + number);
    }
    byte[] body = new byte[LARGE];
    some.random.nextBytes(body);
    some.messages.get(LANES).message().setBody(body);
    return some;
  }

  private void texts() {
    add("plain");
    add("tag only").setTags("paid");
    add("key only").setKeys("order-1");
    add("several keys").setKeys(List.of("order-2", "customer-7", "größe", "订单"));
    Message foreign = add("Größe 订单 🚢🧾");
    foreign.setTags("已取消");
    foreign.putUserProperty("订单", "🚢 größer = \\ \" ' , ; { }");
    put(add("traced"), MessageConst.PROPERTY_TRACE_CONTEXT, "00-0af7651916cd43dd-b7ad6b71-01");
    add("long").putUserProperty("long", "x".repeat(10_000));
    Message many = add("many");
    for (int number = 0; number < 60; number++) {
      many.putUserProperty("property-" + number, "value " + number);
    }
    put(add(" "), "blank", " ");
  }

  private void bodies() {
    byte[] everyByte = new byte[256];
    for (int value = 0; value < everyByte.length; value++) {
      everyByte[value] = (byte) value;
    }
    add(everyByte);
    for (int size : new int[] {1, 1_000, 70_000}) {
      byte[] body = new byte[size];
      random.nextBytes(body);
      add(body);
    }
    compressed(CompressionType.ZLIB);
  }

  private void unbounded() {
    add(new byte[0]).setKeys("empty");
    add("negative flag").setFlag(Integer.MIN_VALUE);
    add("spaces around keys").setKeys(" order-3  customer-8 ");
    add("empty tag").setTags("");
    add("control characters").putUserProperty("lines", "a\nb\tc\u0007");
    Message request = add("request");
    put(request, MessageConst.PROPERTY_CORRELATION_ID, "correlation");
    put(request, MessageConst.PROPERTY_MESSAGE_REPLY_TO_CLIENT, "client@1");
    put(request, MessageConst.PROPERTY_MESSAGE_TTL, "3000");
    put(add("reply"), MessageConst.PROPERTY_MESSAGE_TYPE, "reply");
    put(add("buyer"), MessageConst.PROPERTY_BUYER_ID, "buyer-1");
    add("much").putUserProperty("much", "y".repeat(30_000));
  }

  private void ordered() {
    for (int number = 0; number < 8 * LANES; number++) {
      Message message = add(Integer.toString(number / LANES));
      put(message, MessageConst.PROPERTY_SHARDING_KEY, "group-" + number % LANES);
    }
  }

  private void compressed(CompressionType type) {
    byte[] body = "compressed by %s ".formatted(type).repeat(400).getBytes(StandardCharsets.UTF_8);
    try {
      Message message = new Message("", CompressorFactory.getCompressor(type).compress(body, 5));
      add(message, MessageSysFlag.COMPRESSED_FLAG | type.getCompressionFlag());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private Message add(String body) {
    return add(body.getBytes(StandardCharsets.UTF_8));
  }

  private Message add(byte[] body) {
    return add(new Message("", body), 0);
  }

  private Message add(Message message, int sysFlag) {
    put(
        message,
        MessageConst.PROPERTY_UNIQ_CLIENT_MESSAGE_ID_KEYIDX,
        "%032X".formatted(messages.size() + 1));
    messages.add(new Sent(message, sysFlag));
    return message;
  }

  private static void put(Message message, String name, String value) {
    MessageAccessor.putProperty(message, name, value);
  }

  /** How many there are. */
  public int count() {
    return messages.size();
  }

  /**
   * Sends them; those of one message group to one queue.
   *
   * @throws IllegalStateException if a broker does not take one
   */
  public void send(String nameServer, String topic) {
    try (RocketmqClient client = new RocketmqClient(nameServer)) {
      List<TopicQueue> queues = client.queues(topic);
      for (int number = 0; number < messages.size(); number++) {
        send(client, queues.get(number % LANES % queues.size()), messages.get(number));
      }
    } catch (CallFailed failure) {
      throw new IllegalStateException("Topic %s takes not every message".formatted(topic), failure);
    }
  }

  /** Empty bodies are taken in batches only, whose messages share the flag for compression. */
  private static void send(RocketmqClient client, TopicQueue queue, Sent sent) throws CallFailed {
    if (sent.message().getBody().length == 0) {
      client.send(queue, List.of(sent.message()));
    } else {
      client.send(queue, sent.message(), sent.sysFlag());
    }
  }
}
