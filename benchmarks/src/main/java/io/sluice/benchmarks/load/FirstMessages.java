package io.sluice.benchmarks.load;

import java.util.List;
import org.apache.rocketmq.client.producer.DefaultMQProducer;

/** One message for each of many topics: where it arrives, a flow runs. */
public final class FirstMessages {
  private static final int BODY_BYTES = 100;

  private FirstMessages() {}

  /** Sends them. Blocks until all are acknowledged. */
  public static void send(String nameServer, List<String> topics) throws Exception {
    DefaultMQProducer producer = Clients.producer(nameServer);
    try {
      for (String topic : topics) {
        producer.send(new RichMessages(topic, BODY_BYTES).at(0));
      }
    } finally {
      producer.shutdown();
    }
  }
}
