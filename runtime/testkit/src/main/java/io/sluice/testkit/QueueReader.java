package io.sluice.testkit;

import io.sluice.testkit.RocketmqClient.CallFailed;
import java.util.function.Consumer;
import org.apache.rocketmq.common.message.MessageExt;

/** Reads a queue from its first to its last message, a few at a time. */
record QueueReader(RocketmqClient client, TopicQueue queue) {

  /** Where the queue begins. */
  long first() throws CallFailed {
    return client.minOffset(queue);
  }

  /** What comes after the call has begun is not read. */
  void forEach(Consumer<StoredMessage> reader) throws CallFailed {
    long end = client.maxOffset(queue);
    long next = first();
    while (next < end) {
      for (MessageExt message : client.pull(queue, next)) {
        if (message.getQueueOffset() < end) {
          reader.accept(StoredMessage.of(message));
        }
        next = message.getQueueOffset() + 1;
      }
    }
  }
}
