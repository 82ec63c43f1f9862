package io.sluice.testkit;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageConst;
import org.apache.rocketmq.common.message.MessageExt;

/**
 * A message as a topic holds it.
 *
 * @param offset its place in its queue
 * @param flag the number that its producer set
 * @param keys its keys, separated by spaces
 * @param uniqueKey the identifier that its producer gave it, UNIQ_KEY
 * @param userProperties what is neither a property of RocketMQ itself nor {@code _sluice}; those
 *     without value are absent, as RocketMQ does not show them
 * @param ownProperties those of RocketMQ itself that a copy has to keep besides, such as the
 *     message group
 * @param body inflated if it was compressed; not to be changed
 */
public record StoredMessage(
    long offset,
    int flag,
    Optional<String> keys,
    Optional<String> tags,
    Optional<String> uniqueKey,
    SortedMap<String, String> userProperties,
    SortedMap<String, String> ownProperties,
    byte[] body) {
  private static final String ORIGIN_STAMP = "_sluice";
  private static final Set<String> OWN =
      Set.of(
          MessageConst.PROPERTY_SHARDING_KEY,
          MessageConst.PROPERTY_TRACE_CONTEXT,
          MessageConst.PROPERTY_BUYER_ID,
          MessageConst.PROPERTY_CORRELATION_ID,
          MessageConst.PROPERTY_MESSAGE_REPLY_TO_CLIENT,
          MessageConst.PROPERTY_MESSAGE_TTL,
          MessageConst.PROPERTY_MESSAGE_TYPE);

  static StoredMessage of(MessageExt message) {
    return of(message.getQueueOffset(), message);
  }

  /** What a queue holds at an offset once this message is stored there. */
  static StoredMessage of(long offset, Message message) {
    Map<String, String> properties = message.getProperties();
    TreeMap<String, String> ofUser = new TreeMap<>(properties);
    ofUser.keySet().removeAll(MessageConst.STRING_HASH_SET);
    ofUser.remove(ORIGIN_STAMP);
    TreeMap<String, String> own = new TreeMap<>(properties);
    own.keySet().retainAll(OWN);
    return new StoredMessage(
        offset,
        message.getFlag(),
        Optional.ofNullable(properties.get(MessageConst.PROPERTY_KEYS)),
        Optional.ofNullable(properties.get(MessageConst.PROPERTY_TAGS)),
        Optional.ofNullable(properties.get(MessageConst.PROPERTY_UNIQ_CLIENT_MESSAGE_ID_KEYIDX)),
        Collections.unmodifiableSortedMap(ofUser),
        Collections.unmodifiableSortedMap(own),
        // The decoder shows an empty body as none.
        Objects.requireNonNullElse(message.getBody(), new byte[0]));
  }

  @Override
  public String toString() {
    return "offset %d, keys %s, tags %s, unique key %s, flag %d, %d bytes, %s, %s"
        .formatted(
            offset,
            keys.orElse("none"),
            tags.orElse("none"),
            uniqueKey.orElse("none"),
            flag,
            body.length,
            userProperties,
            ownProperties);
  }
}
