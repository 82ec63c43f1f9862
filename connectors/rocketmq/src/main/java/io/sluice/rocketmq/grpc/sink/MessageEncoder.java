package io.sluice.rocketmq.grpc.sink;

import apache.rocketmq.v2.Encoding;
import apache.rocketmq.v2.Message;
import apache.rocketmq.v2.MessageType;
import apache.rocketmq.v2.Resource;
import apache.rocketmq.v2.SystemProperties;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.sluice.rocketmq.grpc.Times;
import io.sluice.rocketmq.transcode.OriginStamp;
import io.sluice.rocketmq.transcode.StampText;
import io.sluice.sdk.record.Record;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.rocketmq.common.message.MessageClientIDSetter;
import org.apache.rocketmq.common.message.MessageConst;

/**
 * Makes gRPC messages of records. What of a record has a place there: body, tag, keys, message id,
 * message group, trace context, where and when it was born, and user properties. Its flag and other
 * system properties have none. For one thread.
 */
final class MessageEncoder {
  private final Resource topic;
  private final StampText stamps;

  MessageEncoder(Resource topic, StampText stamps) {
    this.topic = topic;
    this.stamps = stamps;
  }

  /** The message; empty if the record has been in the topic before and is not to be sent. */
  Optional<Message> encode(Record record) {
    if (stamps.next(record.systemProperty(OriginStamp.PROPERTY), record.position().offset())
        instanceof StampText.Next.Value stamp) {
      Message.Builder message =
          Message.newBuilder()
              .setTopic(topic)
              .setBody(body(record.body()))
              .setSystemProperties(systemProperties(record));
      record.forEachUserProperty(message::putUserProperties);
      stamp.value().ifPresent(value -> message.putUserProperties(OriginStamp.PROPERTY, value));
      return Optional.of(message.build());
    }
    return Optional.empty();
  }

  /** A view's body may be a window on a buffer that is used again when the next record is shown. */
  private static ByteString body(ByteBuffer body) {
    byte[] bytes = new byte[body.remaining()];
    body.duplicate().get(bytes);
    return UnsafeByteOperations.unsafeWrap(bytes);
  }

  private static SystemProperties systemProperties(Record record) {
    SystemProperties.Builder system =
        SystemProperties.newBuilder()
            .setMessageType(MessageType.NORMAL)
            .setBodyEncoding(Encoding.IDENTITY)
            .setBornTimestamp(Times.of(record.bornAt()))
            .setMessageId(
                record
                    .systemProperty(MessageConst.PROPERTY_UNIQ_CLIENT_MESSAGE_ID_KEYIDX)
                    .orElseGet(MessageClientIDSetter::createUniqID));
    record.tag().ifPresent(system::setTag);
    // One text, as it stands: proxies put spaces between several.
    record.keys().ifPresent(system::addKeys);
    record
        .systemProperty(MessageConst.PROPERTY_SHARDING_KEY)
        .filter(group -> !group.isEmpty())
        .ifPresent(group -> system.setMessageGroup(group).setMessageType(MessageType.FIFO));
    record.systemProperty(MessageConst.PROPERTY_TRACE_CONTEXT).ifPresent(system::setTraceContext);
    record.systemProperty(MessageConst.PROPERTY_BORN_HOST).ifPresent(system::setBornHost);
    return system.build();
  }
}
