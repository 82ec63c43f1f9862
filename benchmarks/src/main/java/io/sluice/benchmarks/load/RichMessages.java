package io.sluice.benchmarks.load;

import java.util.SplittableRandom;
import org.apache.rocketmq.common.message.Message;

/**
 * Messages as applications send them: a key, a tag, four user properties and a body that cannot be
 * compressed. Thread-safe.
 */
final class RichMessages {
  private static final String[] TAGS = {"created", "paid", "shipped", "refunded"};
  private static final String[] CURRENCIES = {"EUR", "CNY", "USD", "SGD"};

  /** Different bodies; messages share them, as making one must not cost more than sending it. */
  private static final int BODIES = 64;

  private final String topic;
  private final byte[][] bodies;

  /**
   * @param bodyBytes length of each body
   */
  RichMessages(String topic, int bodyBytes) {
    this.topic = topic;
    SplittableRandom random = new SplittableRandom(bodyBytes);
    bodies = new byte[BODIES][bodyBytes];
    for (byte[] body : bodies) {
      random.nextBytes(body);
    }
  }

  Message at(long number) {
    int choice = (int) (number % BODIES);
    Message message = new Message(topic, bodies[choice]);
    message.setKeys("order-" + number);
    message.setTags(TAGS[choice % TAGS.length]);
    message.putUserProperty("customer", Long.toString(number % 100_000));
    message.putUserProperty("currency", CURRENCIES[choice % CURRENCIES.length]);
    message.putUserProperty("region", "cn-qingdao");
    message.putUserProperty("amount", Integer.toString(choice));
    return message;
  }
}
