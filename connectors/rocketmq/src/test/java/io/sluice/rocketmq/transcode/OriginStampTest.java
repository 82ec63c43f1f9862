package io.sluice.rocketmq.transcode;

import static io.sluice.rocketmq.stored.Messages.message;
import static io.sluice.rocketmq.stored.Messages.properties;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.rocketmq.stored.PropertyBytes;
import io.sluice.rocketmq.stored.StoreBytes;
import io.sluice.rocketmq.stored.StoredMessages;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginStampTest {
  private static final Partition PARTITION = new Partition("青岛/t/b/0", 0);

  private static Optional<Position> originIn(String properties) {
    StoredMessages messages = Target.pulled(new StoreBytes(false).of(message(0, properties)));
    return OriginStamp.originOf(messages, 0, PARTITION);
  }

  /** The property of a record without a journey; answers its end. */
  private static int write(OriginStamp stamp, byte[] target, int at, int incarnation, long offset) {
    int end = stamp.writeOpen(target, at, incarnation, offset);
    target[end] = PropertyBytes.VALUE_END;
    return end + 1;
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 9, 10, 99, 1234567890123L, Long.MAX_VALUE})
  void isReadAsItWasWritten(long offset) {
    OriginStamp stamp = OriginStamp.of(PARTITION);
    byte[] bytes = new byte[stamp.length(0, offset) + 2];

    assertThat(write(stamp, bytes, 1, 0, offset)).isEqualTo(bytes.length - 1);

    String written = new String(bytes, 1, bytes.length - 2, StandardCharsets.UTF_8);
    assertThat(written).isEqualTo(properties("_sluice", PARTITION + "@" + offset));
    assertThat(originIn(written)).hasValue(new Position(offset));
    assertThat(originIn("a\u0001b\u0002" + written.substring(0, written.length() - 1)))
        .hasValue(new Position(offset));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, Integer.MAX_VALUE})
  void isReadAsItWasWrittenForALaterIncarnation(int incarnation) {
    OriginStamp stamp = OriginStamp.of(PARTITION);
    byte[] bytes = new byte[stamp.length(incarnation, 42)];

    assertThat(write(stamp, bytes, 0, incarnation, 42)).isEqualTo(bytes.length);

    String written = new String(bytes, StandardCharsets.UTF_8);
    assertThat(written).isEqualTo(properties("_sluice", PARTITION + "@" + incarnation + ":42"));
    assertThat(originIn(written)).hasValue(new Position(incarnation, 42));
  }

  @Test
  void theJourneyIsNoPartOfThePosition() {
    assertThat(originIn(properties("_sluice", PARTITION + "@7<a/t,b/t"))).hasValue(new Position(7));
    assertThat(originIn(properties("_sluice", PARTITION + "@2:7<a/t")))
        .hasValue(new Position(2, 7));
  }

  @Test
  void theLastStampCounts() {
    String own = properties("_sluice", PARTITION + "@1");

    assertThat(originIn(own + properties("_sluice", PARTITION + "@2"))).hasValue(new Position(2));
    assertThat(originIn(own + properties("_sluice", "another@2"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "青岛/t/b/0",
        "青岛/t/b/0@",
        "青岛/t/b/0@1x",
        "青岛/t/b/0@1:",
        "青岛/t/b/0@:1",
        "青岛/t/b/0@1:2:3",
        "青岛/t/b/0@2147483648:1",
        "青岛/t/b/0@<a/t",
        "青岛/t/b/0@-1",
        "青岛/t/b/0@+1",
        "青岛/t/b/0@9223372036854775808",
        "青岛/t/b/00@1",
        "青岛/t/b/@1"
      })
  void anythingElseIsNoStamp(String value) {
    assertThat(originIn(properties("_sluice", value))).isEmpty();
    assertThat(originIn(properties("_sluice2", PARTITION + "@1"))).isEmpty();
    assertThat(originIn("")).isEmpty();
  }
}
