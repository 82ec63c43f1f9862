package io.sluice.rocketmq.stored;

import static io.sluice.rocketmq.stored.Messages.message;
import static io.sluice.rocketmq.stored.Messages.properties;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.sluice.rocketmq.FormatError;
import io.sluice.sdk.error.SluiceException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StoredChunkTest {
  private final StoreBytes store = new StoreBytes(false);

  @Test
  void indexesMessages() {
    StoredChunk chunk =
        StoredChunk.of(store.of(List.of(message(10, ""), message(11, ""), message(15, ""))));

    assertThat(chunk.count()).isEqualTo(3);
    assertThat(chunk.firstOffset()).isEqualTo(10);
    assertThat(chunk.lastOffset()).isEqualTo(15);
  }

  @Test
  void refusesWhatIsCutAnywhereButBetweenMessages() {
    byte[] one = store.of(message(1, properties("TAGS", "x")));
    byte[] bytes = StoreBytes.concat(List.of(one, store.of(message(2, properties("a", "b")))));
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      if (length == one.length) {
        assertThat(StoredChunk.of(cut).count()).isEqualTo(1);
      } else {
        assertRefused(FormatError.CORRUPT_RECORD, cut);
      }
    }
  }

  @Test
  void refusesOffsetsThatDoNotAscend() {
    assertRefused(FormatError.CORRUPT_RECORD, store.of(List.of(message(2, ""), message(2, ""))));
    assertRefused(FormatError.CORRUPT_RECORD, store.of(message(-1, "")));
  }

  private static void assertRefused(FormatError code, byte[] bytes) {
    assertThatExceptionOfType(SluiceException.class)
        .isThrownBy(() -> StoredChunk.of(bytes))
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void damagedBytesNeitherHangNorThrowAnythingElse() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          RandomMessages messages = new RandomMessages(seed);
          byte[] whole = {};
          for (int round = 0; round < 10_000; round++) {
            if (round % 20 == 0) {
              whole = store.of(messages.next(2));
            }
            byte[] bytes = whole.clone();
            damage(bytes, random);
            readAll(
                random.nextInt(10) == 0
                    ? Arrays.copyOf(bytes, random.nextInt(bytes.length))
                    : bytes);
          }
        });
  }

  private static void damage(byte[] bytes, Random random) {
    for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
      // Mostly in the fixed fields, where lengths and flags are.
      int at = random.nextInt(random.nextInt(4) == 0 ? bytes.length : Math.min(120, bytes.length));
      bytes[at] ^= (byte) (1 << random.nextInt(8));
    }
  }

  private static void readAll(byte[] bytes) {
    try {
      StoredMessages messages = StoredMessages.of(List.of(StoredChunk.of(bytes)));
      StoredCursor cursor = messages.cursor();
      while (cursor.advance()) {
        cursor.position();
        cursor.tag();
        cursor.keys();
        cursor.bornAt();
        cursor.storedAt();
        cursor.userProperty("none");
        cursor.forEachUserProperty((name, value) -> {});
        cursor.forEachSystemProperty((name, value) -> {});
        assertThat(cursor.topic()).isNotNull();
        cursor.body();
      }
    } catch (SluiceException e) {
      assertThat(e.code()).isEqualTo(FormatError.CORRUPT_RECORD);
    }
  }
}
