package io.sluice.rocketmq.grpc.source;

import apache.rocketmq.v2.Encoding;
import apache.rocketmq.v2.Message;
import apache.rocketmq.v2.SystemProperties;
import io.sluice.rocketmq.grpc.Times;
import io.sluice.rocketmq.stored.CompressedBody;
import io.sluice.rocketmq.stored.SystemNames;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.record.DetachedRecord;
import org.apache.rocketmq.common.message.MessageConst;

/** Makes records of received messages, with system properties named as brokers store them. */
final class MessageDecoder {
  private MessageDecoder() {}

  /**
   * The record, at a position of its own.
   *
   * @throws io.sluice.sdk.error.SluiceException {@code rocketmq.corrupt-record}
   */
  static DetachedRecord decode(Message message, String topic, Position position) {
    SystemProperties system = message.getSystemProperties();
    DetachedRecord.Builder record =
        DetachedRecord.builder(topic, position)
            .body(body(message))
            .bornAt(Times.of(system.getBornTimestamp()))
            .storedAt(Times.of(system.getStoreTimestamp()));
    message
        .getUserPropertiesMap()
        .forEach(
            (name, value) -> {
              if (SystemNames.contains(name)) {
                record.systemProperty(name, value);
              } else {
                record.userProperty(name, value);
              }
            });
    put(record, MessageConst.PROPERTY_TAGS, system.getTag());
    put(record, MessageConst.PROPERTY_KEYS, String.join(" ", system.getKeysList()));
    put(record, MessageConst.PROPERTY_UNIQ_CLIENT_MESSAGE_ID_KEYIDX, system.getMessageId());
    put(record, MessageConst.PROPERTY_SHARDING_KEY, system.getMessageGroup());
    put(record, MessageConst.PROPERTY_TRACE_CONTEXT, system.getTraceContext());
    put(record, MessageConst.PROPERTY_BORN_HOST, system.getBornHost());
    if (system.getDeliveryAttempt() > 1) {
      put(
          record,
          MessageConst.PROPERTY_RECONSUME_TIME,
          Integer.toString(system.getDeliveryAttempt() - 1));
    }
    return record.build();
  }

  private static void put(DetachedRecord.Builder record, String name, String value) {
    if (!value.isEmpty()) {
      record.systemProperty(name, value);
    }
  }

  /** Proxies say GZIP of whatever RocketMQ has compressed, in one of its three formats. */
  private static byte[] body(Message message) {
    byte[] body = message.getBody().toByteArray();
    SystemProperties system = message.getSystemProperties();
    return system.getBodyEncoding() == Encoding.GZIP && body.length > 0
        ? CompressedBody.inflate(body, "message " + system.getMessageId())
        : body;
  }
}
