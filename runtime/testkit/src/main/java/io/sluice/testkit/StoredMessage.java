package io.sluice.testkit;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
 * @param body inflated if it was compressed; not to be changed
 */
public record StoredMessage(
    long offset,
    int flag,
    Optional<String> keys,
    Optional<String> tags,
    Optional<String> uniqueKey,
    SortedMap<String, String> userProperties,
    byte[] body) {
  private static final String ORIGIN_STAMP = "_sluice";

  static StoredMessage of(MessageExt message) {
    return of(message.getQueueOffset(), message);
  }

  /** What a queue holds at an offset once this message is stored there. */
  static StoredMessage of(long offset, Message message) {
    Map<String, String> properties = message.getProperties();
    TreeMap<String, String> ofUser = new TreeMap<>(properties);
    ofUser.keySet().removeAll(MessageConst.STRING_HASH_SET);
    ofUser.remove(ORIGIN_STAMP);
    return new StoredMessage(
        offset,
        message.getFlag(),
        Optional.ofNullable(properties.get(MessageConst.PROPERTY_KEYS)),
        Optional.ofNullable(properties.get(MessageConst.PROPERTY_TAGS)),
        Optional.ofNullable(properties.get(MessageConst.PROPERTY_UNIQ_CLIENT_MESSAGE_ID_KEYIDX)),
        Collections.unmodifiableSortedMap(ofUser),
        // The decoder shows an empty body as none.
        Objects.requireNonNullElse(message.getBody(), new byte[0]));
  }

  @Override
  public String toString() {
    return "offset %d, keys %s, tags %s, unique key %s, flag %d, %d bytes, %s"
        .formatted(
            offset,
            keys.orElse("none"),
            tags.orElse("none"),
            uniqueKey.orElse("none"),
            flag,
            body.length,
            userProperties);
  }
}
