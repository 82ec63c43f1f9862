package io.sluice.rocketmq.stored;

import static io.sluice.rocketmq.stored.Messages.message;
import static io.sluice.rocketmq.stored.Messages.properties;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageExtBrokerInner;
import org.junit.jupiter.api.Test;

class StoredMessagesTest {
  private final StoreBytes store = new StoreBytes(false);

  @Test
  void showsWhatRocketMqDecodes() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    for (int round = 0; round < 40; round++) {
      RandomMessages random = new RandomMessages(seed + round);
      List<StoredChunk> chunks = new ArrayList<>();
      List<MessageExt> expected = new ArrayList<>();
      for (int chunk = 0; chunk < 3; chunk++) {
        byte[] bytes = store.of(random.next(1 + round));
        chunks.add(StoredChunk.of(bytes));
        expected.addAll(MessageDecoder.decodes(ByteBuffer.wrap(bytes)));
      }
      StoredMessages messages = StoredMessages.of(chunks);
      assertThat(messages.count()).isEqualTo(expected.size());
      StoredCursor cursor = messages.cursor();
      for (MessageExt message : expected) {
        assertThat(cursor.advance()).isTrue();
        assertShows(cursor, message);
      }
      assertThat(cursor.advance()).isFalse();
    }
  }

  private static void assertShows(StoredCursor cursor, MessageExt message) {
    assertThat(cursor.offset()).isEqualTo(message.getQueueOffset());
    assertThat(cursor.topic()).isEqualTo(message.getTopic());
    assertThat(cursor.tag().orElse(null)).isEqualTo(message.getTags());
    assertThat(cursor.keys().orElse(null)).isEqualTo(message.getKeys());
    assertThat(cursor.flag()).isEqualTo(message.getFlag());
    assertThat(cursor.bornAt()).isEqualTo(Instant.ofEpochMilli(message.getBornTimestamp()));
    assertThat(cursor.storedAt()).isEqualTo(Instant.ofEpochMilli(message.getStoreTimestamp()));
    byte[] body = message.getBody() == null ? new byte[0] : message.getBody();
    assertThat(cursor.body()).isEqualTo(ByteBuffer.wrap(body));
    Map<String, String> properties = new HashMap<>();
    cursor.forEachUserProperty(properties::put);
    properties.forEach(
        (name, value) -> {
          assertThat(cursor.userProperty(name)).contains(value);
          assertThat(cursor.systemProperty(name)).isEmpty();
        });
    cursor.forEachSystemProperty(
        (name, value) -> {
          assertThat(cursor.userProperty(name)).isEmpty();
          properties.put(name, value);
        });
    assertThat(properties).isEqualTo(message.getProperties());
  }

  private StoredCursor first(MessageExtBrokerInner message) {
    StoredCursor cursor = messages(message).cursor();
    cursor.advance();
    return cursor;
  }

  private StoredMessages messages(MessageExtBrokerInner... messages) {
    return StoredMessages.of(List.of(StoredChunk.of(store.of(List.of(messages)))));
  }

  @Test
  void findsATagAmongBytesThatAreNoText() {
    byte[] bytes = store.of(message(3, properties("aaaa", "bbbb", "TAGS", "paid", "cccc", "dddd")));
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    for (String garbled : List.of("aaaa", "bbbb", "cccc", "dddd")) {
      bytes[text.indexOf(garbled)] = (byte) 0xff;
      bytes[text.indexOf(garbled) + 1] = (byte) 0xc0;
      bytes[text.indexOf(garbled) + 2] = 0;
    }
    StoredCursor cursor = StoredMessages.of(List.of(StoredChunk.of(bytes))).cursor();
    cursor.advance();

    assertThat(cursor.tag()).contains("paid");
    assertThat(cursor.keys()).isEmpty();
  }

  @Test
  void theLastOfTwoPropertiesWithOneNameCounts() {
    assertThat(first(message(0, properties("TAGS", "a", "x", "y", "TAGS", "b"))).tag())
        .contains("b");
  }

  @Test
  void aPropertyWithoutNameOrValueIsNone() {
    StoredCursor cursor =
        first(message(0, properties("", "v", "n", "", "a", "b") + "loose\u0002" + "c\u0001"));

    Map<String, String> seen = new HashMap<>();
    cursor.forEachUserProperty(seen::put);
    assertThat(seen).containsOnly(Map.entry("a", "b"));
    assertThat(cursor.userProperty("n")).isEmpty();
    assertThat(cursor.userProperty("")).isEmpty();
    assertThat(cursor.userProperty("loose")).isEmpty();
  }

  @Test
  void aNameThatIsTheStartOfAnotherFindsOnlyItsOwn() {
    StoredCursor cursor = first(message(0, properties("key2", "x", "key", "y")));

    assertThat(cursor.userProperty("key")).contains("y");
    assertThat(cursor.userProperty("ke")).isEmpty();
    assertThat(cursor.userProperty("key\u0001y")).isEmpty();
  }

  @Test
  void bodiesAreReadOnlyAndStartAtTheirOwnBeginning() {
    ByteBuffer body = first(message(7, "")).body();

    assertThat(body.position()).isZero();
    assertThat(StandardCharsets.UTF_8.decode(body.duplicate()).toString()).isEqualTo("body7");
    assertThatThrownBy(() -> body.put(0, (byte) 1)).isInstanceOf(ReadOnlyBufferException.class);
  }

  @Test
  void movesForwardsAndBackwardsOverChunks() {
    StoredChunk one = StoredChunk.of(store.of(List.of(message(4, ""), message(5, ""))));
    StoredChunk two = StoredChunk.of(store.of(List.of(message(8, ""), message(9, ""))));
    StoredMessages messages = StoredMessages.of(List.of(one, two));
    StoredCursor cursor = messages.cursor();

    for (int index : new int[] {0, 3, 1, 2, 3, 0}) {
      cursor.moveTo(index);
      assertThat(cursor.index()).isEqualTo(index);
      assertThat(cursor.offset()).isEqualTo(List.of(4L, 5L, 8L, 9L).get(index));
    }
    assertThat(cursor.advance()).isTrue();
    assertThat(cursor.index()).isEqualTo(1);
    assertThat(messages.bytes()).isEqualTo(one.bytes() + two.bytes());
  }

  @Test
  void shiftsTheOffsetsOfStaticTopics() {
    StoredChunk chunk = StoredChunk.of(store.of(List.of(message(4, ""), message(5, ""))), 1000);
    StoredCursor cursor = StoredMessages.of(List.of(chunk)).cursor();
    cursor.moveTo(1);

    assertThat(cursor.position().offset()).isEqualTo(1005);
    assertThat(chunk.firstOffset()).isEqualTo(1004);
    assertThat(chunk.lastOffset()).isEqualTo(1005);
  }

  @Test
  void holdsNothingWithoutChunks() {
    StoredMessages none = StoredMessages.of(List.of());

    assertThat(none.count()).isZero();
    assertThat(none.cursor().advance()).isFalse();
  }

  @Test
  void refusesChunksOutOfOrder() {
    StoredChunk one = StoredChunk.of(store.of(message(4, "")));
    StoredChunk two = StoredChunk.of(store.of(message(5, "")));

    assertThatThrownBy(() -> StoredMessages.of(List.of(two, one)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> StoredMessages.of(List.of(one, one)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aDetachedCopyKeepsEverything() {
    StoredCursor cursor = first(message(7, properties("TAGS", "paid", "a", "b")));

    var copy = cursor.detach();
    assertThat(copy.tag()).contains("paid");
    assertThat(copy.userProperty("a")).contains("b");
    assertThat(copy.body()).isEqualTo(cursor.body());
    assertThat(copy.position().offset()).isEqualTo(7);
  }
}
