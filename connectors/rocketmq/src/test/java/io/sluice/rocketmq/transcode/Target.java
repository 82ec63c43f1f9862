package io.sluice.rocketmq.transcode;

import io.sluice.rocketmq.stored.StoreBytes;
import io.sluice.rocketmq.stored.StoredChunk;
import io.sluice.rocketmq.stored.StoredMessages;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageExtBatch;

/** What a target broker makes of requests, by RocketMQ's own code. */
final class Target {
  private Target() {}

  /** All requests of a batch, or those that are left of it. */
  static List<SendRequest> all(Requests open) {
    List<SendRequest> requests = new ArrayList<>();
    for (var next = open.next(); next.isPresent(); next = open.next()) {
      requests.add(next.get());
    }
    return requests;
  }

  /** The messages of a batch, as a broker reads them. */
  static List<Message> messages(SendRequest request) {
    try {
      return MessageDecoder.decodeMessages(ByteBuffer.wrap(request.body()));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** The batch in a broker's log, from a queue offset on. */
  static byte[] stored(SendRequest request, long firstOffset, StoreBytes store) {
    MessageExtBatch batch = new MessageExtBatch();
    batch.setTopic("copies");
    batch.setBody(request.body());
    batch.setSysFlag(request.sysFlag());
    batch.setBornTimestamp(request.bornMillis());
    batch.setBornHost(new InetSocketAddress("127.0.0.1", 1));
    batch.setStoreHost(new InetSocketAddress("127.0.0.1", 2));
    return store.of(batch, firstOffset);
  }

  static StoredMessages pulled(byte[] stored) {
    return StoredMessages.of(List.of(StoredChunk.of(stored)));
  }

  /** What a consumer of the target sees. */
  static List<MessageExt> consumed(List<SendRequest> requests, StoreBytes store) {
    List<MessageExt> all = new ArrayList<>();
    for (SendRequest request : requests) {
      all.addAll(MessageDecoder.decodes(ByteBuffer.wrap(stored(request, all.size(), store))));
    }
    return all;
  }
}
