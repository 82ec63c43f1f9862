package io.sluice.rocketmq.stored;

import static io.sluice.rocketmq.stored.Messages.message;
import static io.sluice.rocketmq.stored.Messages.properties;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sluice.rocketmq.FormatError;
import io.sluice.sdk.error.SluiceException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.rocketmq.common.compression.CompressionType;
import org.apache.rocketmq.common.compression.CompressorFactory;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageExtBrokerInner;
import org.apache.rocketmq.common.sysflag.MessageSysFlag;
import org.junit.jupiter.api.Test;

class InnerBatchTest {
  private static final int FLAGS =
      MessageSysFlag.INNER_BATCH_FLAG | MessageSysFlag.NEED_UNWRAP_FLAG;

  private static final int COMPRESSION =
      MessageSysFlag.COMPRESSED_FLAG | MessageSysFlag.COMPRESSION_TYPE_COMPARATOR;

  private final StoreBytes store = new StoreBytes(false);

  /** The messages as a producer joins them, and the broker keeps them in the body of one. */
  private static byte[] row(List<MessageExtBrokerInner> messages) {
    List<byte[]> parts = new ArrayList<>();
    for (MessageExtBrokerInner message : messages) {
      byte[] properties = bytes(message.getPropertiesString());
      int length = 22 + message.getBody().length + properties.length;
      parts.add(
          ByteBuffer.allocate(length)
              .putInt(length)
              .putInt(0)
              .putInt(0)
              .putInt(message.getFlag())
              .putInt(message.getBody().length)
              .put(message.getBody())
              .putShort((short) properties.length)
              .put(properties)
              .array());
    }
    return StoreBytes.concat(parts);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static MessageExtBrokerInner batch(
      MessageExtBrokerInner whole, List<MessageExtBrokerInner> messages) {
    whole.setSysFlag(FLAGS | whole.getSysFlag() & ~COMPRESSION);
    whole.setBody(row(messages));
    whole.setPropertiesString(
        properties(
            "UNIQ_KEY",
            "of the batch",
            "INNER_NUM",
            Integer.toString(messages.size()),
            "INNER_BASE",
            Long.toString(whole.getQueueOffset())));
    return whole;
  }

  private static MessageExtBrokerInner batch(long offset, int messages) {
    List<MessageExtBrokerInner> row = new ArrayList<>();
    for (int i = 0; i < messages; i++) {
      row.add(message(0, properties("TAGS", "t" + i), bytes("body" + (offset + i))));
    }
    return batch(message(offset, ""), row);
  }

  private static MessageExtBrokerInner compressed(MessageExtBrokerInner whole) throws Exception {
    CompressionType type = CompressionType.LZ4;
    whole.setBody(CompressorFactory.getCompressor(type).compress(whole.getBody(), 5));
    whole.setSysFlag(
        whole.getSysFlag() | MessageSysFlag.COMPRESSED_FLAG | type.getCompressionFlag());
    return whole;
  }

  @Test
  void becomesMessagesThatHaveTheirOwnContentAndTheRestOfTheWhole() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    RandomMessages wholes = new RandomMessages(seed);
    RandomMessages inner = new RandomMessages(seed + 1);
    for (int round = 0; round < 100; round++) {
      MessageExtBrokerInner whole = wholes.next();
      List<MessageExtBrokerInner> messages = inner.next(1 + random.nextInt(40));
      byte[] stored =
          store.of(
              random.nextInt(4) == 0 ? compressed(batch(whole, messages)) : batch(whole, messages));
      StoredCursor cursor = cursor(stored);
      for (int i = 0; i < messages.size(); i++) {
        assertThat(cursor.advance()).isTrue();
        assertThat(cursor.offset()).isEqualTo(whole.getQueueOffset() + i);
        assertContent(cursor, messages.get(i));
        assertThat(cursor.topic()).isEqualTo(whole.getTopic());
        assertThat(cursor.bornMillis()).isEqualTo(whole.getBornTimestamp());
        assertThat(cursor.storedAt().toEpochMilli()).isEqualTo(whole.getStoreTimestamp());
      }
      assertThat(cursor.advance()).isFalse();
    }
  }

  private static void assertContent(StoredCursor cursor, MessageExtBrokerInner message) {
    assertThat(cursor.flag()).isEqualTo(message.getFlag());
    assertThat(cursor.body()).isEqualTo(ByteBuffer.wrap(message.getBody()));
    assertThat(Arrays.copyOfRange(cursor.array(), cursor.propertiesStart(), cursor.propertiesEnd()))
        .isEqualTo(bytes(message.getPropertiesString()));
    assertThat(InnerBatch.is(cursor.sysFlag())).isFalse();
  }

  @Test
  void becomesWhatRocketMqsClientMakesOfIt() throws Exception {
    byte[] stored = store.of(batch(7, 50));
    List<MessageExt> expected = new ArrayList<>();
    MessageDecoder.decodeMessage(MessageDecoder.decode(ByteBuffer.wrap(stored)), expected);

    StoredCursor cursor = cursor(stored);
    for (MessageExt message : expected) {
      assertThat(cursor.advance()).isTrue();
      assertThat(cursor.offset()).isEqualTo(message.getQueueOffset());
      assertThat(cursor.body()).isEqualTo(ByteBuffer.wrap(message.getBody()));
      assertThat(cursor.tag()).hasValue(message.getTags());
      assertThat(cursor.storedAt().toEpochMilli()).isEqualTo(message.getStoreTimestamp());
    }
    assertThat(cursor.advance()).isFalse();
  }

  @Test
  void standsBetweenOrdinaryMessagesAndOtherBatches() {
    StoredChunk chunk =
        StoredChunk.of(
            store.of(List.of(message(3, ""), batch(4, 3), message(7, ""), batch(10, 2))), 100);

    assertThat(chunk.count()).isEqualTo(7);
    assertThat(offsets(chunk)).containsExactly(103L, 104L, 105L, 106L, 107L, 110L, 111L);
    assertThat(bodies(chunk))
        .containsExactly("body3", "body4", "body5", "body6", "body7", "body10", "body11");
  }

  @Test
  void isCutWhereAPullBeganOrAScanEnds() {
    StoredChunk chunk = StoredChunk.of(store.of(List.of(batch(4, 3), message(9, ""))));

    assertThat(chunk.from(4)).containsSame(chunk);
    assertThat(bodies(chunk.from(5).orElseThrow())).containsExactly("body5", "body6", "body9");
    assertThat(bodies(chunk.from(7).orElseThrow())).containsExactly("body9");
    assertThat(chunk.from(10)).isEmpty();
    assertThat(chunk.before(10)).containsSame(chunk);
    assertThat(bodies(chunk.before(9).orElseThrow())).containsExactly("body4", "body5", "body6");
    assertThat(bodies(chunk.before(6).orElseThrow())).containsExactly("body4", "body5");
    assertThat(chunk.before(4)).isEmpty();
  }

  @Test
  void isOneMessageWithoutTheFlagThatAsksToUnwrapIt() {
    MessageExtBrokerInner whole = batch(4, 3);
    whole.setSysFlag(MessageSysFlag.INNER_BATCH_FLAG);

    assertThat(StoredChunk.of(store.of(whole)).count()).isEqualTo(1);
  }

  @Test
  void isRefusedWithItsOffsetWhenItIsDamaged() {
    MessageExtBrokerInner empty = batch(4, 3);
    empty.setBody(new byte[0]);
    assertRefused(empty, "INNER_NUM is 3 in place of 0");
    MessageExtBrokerInner fewer = batch(4, 3);
    fewer.setBody(row(List.of(message(4, ""), message(5, ""))));
    assertRefused(fewer, "INNER_NUM is 3 in place of 2");
    MessageExtBrokerInner uncounted = batch(4, 3);
    uncounted.setPropertiesString("");
    assertRefused(uncounted, "INNER_NUM is missing in place of 3");
    MessageExtBrokerInner elsewhere = batch(4, 3);
    elsewhere.setPropertiesString(properties("INNER_NUM", "3", "INNER_BASE", "5"));
    assertRefused(elsewhere, "INNER_BASE is 5 in place of 4");
    MessageExtBrokerInner cut = batch(4, 1);
    byte[] row = cut.getBody();
    for (int length = 1; length < row.length; length++) {
      cut.setBody(Arrays.copyOf(row, length));
      assertRefused(cut, "a message in it has");
    }
    MessageExtBrokerInner unequal = batch(4, 1);
    unequal.getBody()[19]++;
    assertRefused(unequal, "the parts of a message in it do not add up");
  }

  private void assertRefused(MessageExtBrokerInner whole, String message) {
    assertRefused(store.of(whole), "at queue offset 4 is damaged: " + message);
  }

  private static void assertRefused(byte[] stored, String message) {
    assertThatExceptionOfType(SluiceException.class)
        .isThrownBy(() -> StoredChunk.of(stored))
        .withMessageContaining(message)
        .satisfies(error -> assertThat(error.code()).isEqualTo(FormatError.CORRUPT_RECORD));
  }

  @Test
  void isRefusedWhenItReachesOverWhatFollows() {
    assertRefused(
        store.of(List.of(batch(4, 3), message(6, ""))),
        "at queue offset 6 is damaged: it lies inside the batch before it");
  }

  @Test
  void damagedBytesThrowNothingElse() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    RandomMessages messages = new RandomMessages(seed);
    for (int round = 0; round < 2_000; round++) {
      MessageExtBrokerInner whole = batch(message(round, ""), messages.next(2));
      byte[] stored = store.of(whole);
      int bodyStart = StoreFormat.bodyLengthAt(whole.getSysFlag()) + Integer.BYTES;
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        stored[bodyStart + random.nextInt(24)] ^= (byte) (1 << random.nextInt(8));
      }
      try {
        assertThat(StoredChunk.of(stored).count()).isPositive();
      } catch (SluiceException refused) {
        assertThat(refused.code()).isEqualTo(FormatError.CORRUPT_RECORD);
      }
    }
  }

  private static StoredCursor cursor(byte[] stored) {
    return cursor(StoredChunk.of(stored));
  }

  private static StoredCursor cursor(StoredChunk chunk) {
    return StoredMessages.of(List.of(chunk)).cursor();
  }

  private static List<Long> offsets(StoredChunk chunk) {
    List<Long> offsets = new ArrayList<>();
    StoredCursor cursor = cursor(chunk);
    while (cursor.advance()) {
      offsets.add(cursor.offset());
    }
    return offsets;
  }

  private static List<String> bodies(StoredChunk chunk) {
    List<String> bodies = new ArrayList<>();
    StoredCursor cursor = cursor(chunk);
    while (cursor.advance()) {
      bodies.add(StandardCharsets.UTF_8.decode(cursor.body()).toString());
    }
    return bodies;
  }
}
