package io.sluice.rocketmq.stored;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.apache.rocketmq.common.message.MessageExtBrokerInner;

/** Plain messages, one like the other, for tests that change one thing about them. */
public final class Messages {
  private Messages() {}

  /** A message of the topic {@code orders} with body {@code bodyOFFSET}. */
  public static MessageExtBrokerInner message(long offset, String properties) {
    return message(offset, properties, ("body" + offset).getBytes(StandardCharsets.UTF_8));
  }

  public static MessageExtBrokerInner message(long offset, String properties, byte[] body) {
    MessageExtBrokerInner message = new MessageExtBrokerInner();
    message.setTopic("orders");
    message.setQueueOffset(offset);
    message.setPropertiesString(properties);
    message.setBody(body);
    message.setBornTimestamp(1_700_000_000_000L + offset);
    message.setStoreTimestamp(1_700_000_001_000L + offset);
    message.setBornHost(new InetSocketAddress("127.0.0.1", 1));
    message.setStoreHost(new InetSocketAddress("127.0.0.1", 2));
    return message;
  }

  /** Names and values in turn, as a property string. */
  public static String properties(String... namesAndValues) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      text.append(namesAndValues[i])
          .append('\u0001')
          .append(namesAndValues[i + 1])
          .append('\u0002');
    }
    return text.toString();
  }
}
