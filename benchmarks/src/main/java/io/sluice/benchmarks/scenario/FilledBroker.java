package io.sluice.benchmarks.scenario;

import io.sluice.benchmarks.load.Load;
import io.sluice.broker.IntegratedBroker;
import io.sluice.broker.TopicType;
import io.sluice.testkit.FreePorts;
import io.sluice.testkit.TopicSize;
import java.nio.file.Path;

/**
 * The data of an integrated broker with a topic that is full, for runtimes that run the broker
 * themselves, one after the other.
 *
 * @param folder of the data
 * @param metadataPort where its name server listens
 * @param topic the full one
 */
record FilledBroker(Path folder, int metadataPort, String topic, int queues) {
  static final String NAME = "hub";

  /** Fills it, and ends the broker again. */
  static FilledBroker with(String topic, Load load, Path folder) throws Exception {
    try (IntegratedBroker broker = IntegratedBroker.builder(NAME).dataDir(folder).start()) {
      broker.createTopic(topic, load.queues(), TopicType.NORMAL);
      load.send(broker.nameServerAddress(), topic);
    }
    return new FilledBroker(folder, FreePorts.one(), topic, load.queues());
  }

  /**
   * Declares it in a flow file.
   *
   * @param more a topic to create, with as many queues as the full one
   */
  String document(String more) {
    return """
        kind: Broker
        name: %s
        dataDir: %s
        listeners: { private: { metadata: %d } }
        topics: [ { name: %s, queues: %d }, { name: %s, queues: %d } ]
        ---
        """
        .formatted(NAME, folder, metadataPort, topic, queues, more, queues);
  }

  /** Counts the messages of one of its topics; to be closed. */
  TopicSize size(String of) {
    return new TopicSize("127.0.0.1:" + metadataPort, of);
  }
}
