package io.sluice.sdk.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.batch.RecordPayload;
import java.nio.ReadOnlyBufferException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DetachedRecordTest {
  private final DetachedRecord order =
      DetachedRecord.builder("orders", new Position(7))
          .tag("paid")
          .keys("k1 k2")
          .userProperty("region", "cn")
          .userProperty("amount", "12")
          .systemProperty("UNIQ_KEY", "AB")
          .body(new byte[] {1, 2, 3})
          .flag(9)
          .bornAt(Instant.ofEpochMilli(1000))
          .storedAt(Instant.ofEpochMilli(2000))
          .build();

  @Test
  void givesItsParts() {
    assertThat(order.tag()).contains("paid");
    assertThat(order.keys()).contains("k1 k2");
    assertThat(order.userProperty("region")).contains("cn");
    assertThat(order.userProperty("UNIQ_KEY")).isEmpty();
    assertThat(order.systemProperty("UNIQ_KEY")).contains("AB");
    assertThat(order.body().remaining()).isEqualTo(3);
  }

  @Test
  void bodyCannotBeWritten() {
    assertThatThrownBy(() -> order.body().put((byte) 0))
        .isInstanceOf(ReadOnlyBufferException.class);
  }

  @Test
  void aViewDetachesToTheSameRecord() {
    Batch batch =
        Batch.of(
            new Partition("p", 0),
            new Position(7),
            new Position(8),
            new RecordPayload(List.of(order)));
    Record view = batch.records().iterator().next();

    DetachedRecord copy = DetachedRecord.copyOf(view);

    assertThat(copy).isNotSameAs(order);
    assertThat(copy.position()).isEqualTo(order.position());
    assertThat(copy.flag()).isEqualTo(9);
    assertThat(copy.bornAt()).isEqualTo(order.bornAt());
    assertThat(copy.storedAt()).isEqualTo(order.storedAt());
    assertThat(copy.body()).isEqualTo(order.body());
    Map<String, String> properties = new LinkedHashMap<>();
    copy.forEachUserProperty(properties::put);
    copy.forEachSystemProperty(properties::put);
    assertThat(properties)
        .containsExactly(
            Map.entry("region", "cn"),
            Map.entry("amount", "12"),
            Map.entry("TAGS", "paid"),
            Map.entry("KEYS", "k1 k2"),
            Map.entry("UNIQ_KEY", "AB"));
    assertThat(view.detach()).isSameAs(order);
  }
}
