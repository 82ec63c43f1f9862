package io.sluice.testkit.official;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.rocketmq.client.apis.ClientConfiguration;
import org.apache.rocketmq.client.apis.ClientServiceProvider;
import org.apache.rocketmq.client.apis.consumer.FilterExpression;
import org.apache.rocketmq.client.apis.consumer.SimpleConsumer;
import org.apache.rocketmq.client.apis.message.Message;
import org.apache.rocketmq.client.apis.message.MessageBuilder;
import org.apache.rocketmq.client.apis.message.MessageView;
import org.apache.rocketmq.client.apis.producer.Producer;

/** Sends or receives messages with RocketMQ's own gRPC client, and prints each on a line. */
public final class OfficialClient {
  private static final ClientServiceProvider PROVIDER = ClientServiceProvider.loadService();
  private static final Duration INVISIBLE = Duration.ofSeconds(30);
  private static final Duration WAIT = Duration.ofSeconds(5);

  private OfficialClient() {}

  /**
   * @param arguments {@code send PROXY TOPIC COUNT}, {@code sendOrdered PROXY TOPIC COUNT} or {@code
   *     receive PROXY TOPIC COUNT GROUP}
   */
  public static void main(String[] arguments) throws Exception {
    ClientConfiguration proxy =
        ClientConfiguration.newBuilder().setEndpoints(arguments[1]).enableSsl(false).build();
    String topic = arguments[2];
    int count = Integer.parseInt(arguments[3]);
    if (arguments[0].equals("receive")) {
      receive(proxy, topic, count, arguments[4]);
    } else {
      send(proxy, topic, count, arguments[0].equals("sendOrdered"));
    }
    Runtime.getRuntime().halt(0); // its threads would keep the process
  }

  private static void send(
      ClientConfiguration proxy, String topic, int count, boolean ordered) throws Exception {
    try (Producer producer =
        PROVIDER
            .newProducerBuilder()
            .setClientConfiguration(proxy)
            .setTopics(topic)
            .build()) {
      for (int number = 0; number < count; number++) {
        MessageBuilder message =
            PROVIDER
                .newMessageBuilder()
                .setTopic(topic)
                .setBody(Integer.toString(number).getBytes(StandardCharsets.UTF_8))
                .setTag("tag" + number % 3)
                .setKeys("key-" + number, "other")
                .addProperty("text", "äöü 你好 " + number);
        if (ordered) {
          message.setMessageGroup("group-" + number % 5);
        }
        print(send(producer, message.build()));
      }
    }
  }

  private static List<String> send(Producer producer, Message message) throws Exception {
    String id = producer.send(message).getMessageId().toString();
    return line(
        id,
        message.getBody(),
        message.getTag().orElse(""),
        String.join(" ", message.getKeys()),
        message.getProperties());
  }

  private static void receive(
      ClientConfiguration proxy, String topic, int count, String group) throws Exception {
    try (SimpleConsumer consumer =
        PROVIDER
            .newSimpleConsumerBuilder()
            .setClientConfiguration(proxy)
            .setConsumerGroup(group)
            .setAwaitDuration(WAIT)
            .setSubscriptionExpressions(Map.of(topic, FilterExpression.SUB_ALL))
            .build()) {
      for (int received = 0; received < count; ) {
        for (MessageView message : consumer.receive(32, INVISIBLE)) {
          print(
              line(
                  message.getMessageId().toString(),
                  message.getBody(),
                  message.getTag().orElse(""),
                  String.join(" ", message.getKeys()),
                  message.getProperties()));
          consumer.ack(message);
          received++;
        }
      }
    }
  }

  private static List<String> line(
      String id, ByteBuffer body, String tag, String keys, Map<String, String> properties) {
    byte[] bytes = new byte[body.remaining()];
    body.duplicate().get(bytes);
    TreeMap<String, String> ofUser = new TreeMap<>(properties);
    ofUser.remove("_sluice");
    List<String> parts = new ArrayList<>();
    for (String part :
        List.of(id, new String(bytes, StandardCharsets.ISO_8859_1), tag, keys, ofUser.toString())) {
      parts.add(Base64.getEncoder().encodeToString(part.getBytes(StandardCharsets.UTF_8)));
    }
    return parts;
  }

  private static void print(List<String> parts) {
    System.out.println("message " + String.join(" ", parts));
  }
}
