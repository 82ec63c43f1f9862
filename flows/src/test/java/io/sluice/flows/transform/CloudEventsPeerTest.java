package io.sluice.flows.transform;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonFormat;
import io.sluice.flows.event.MessageBody;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.record.Record;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;

/** What CloudEvents' own library writes is read, and what is written it reads. */
class CloudEventsPeerTest {
  private static final CloudEvent EVENT =
      CloudEventBuilder.v1()
          .withId("7")
          .withSource(URI.create("/shop"))
          .withType("order.paid")
          .withSubject("7")
          .withTime(OffsetDateTime.parse("2026-11-01T08:00:00Z"))
          .withExtension("traceid", "t-1")
          .withData("application/json", "{\"amount\":250}".getBytes(StandardCharsets.UTF_8))
          .build();

  @Test
  void itsEventsCrossInBothModesAndItReadsThemAgain() {
    Record theirs =
        DetachedRecord.builder("orders", new Position(0))
            .userProperty("CE_contenttype", JsonFormat.CONTENT_TYPE)
            .body(new JsonFormat().serialize(EVENT))
            .build();

    DetachedRecord ours =
        Transforms.compile(
                "{'transforms':[{'cloudEvents':{'mode':'BINARY'}},"
                    + "{'cloudEvents':{'mode':'STRUCTURED'}}]}")
            .apply(theirs);

    CloudEvent read = new JsonFormat().deserialize(MessageBody.bytes(ours.body()));
    assertThat(read.getId()).isEqualTo(EVENT.getId());
    assertThat(read.getSource()).isEqualTo(EVENT.getSource());
    assertThat(read.getType()).isEqualTo(EVENT.getType());
    assertThat(read.getSubject()).isEqualTo(EVENT.getSubject());
    assertThat(read.getTime()).isEqualTo(EVENT.getTime());
    assertThat(read.getDataContentType()).isEqualTo(EVENT.getDataContentType());
    assertThat(read.getExtension("traceid")).isEqualTo("t-1");
    assertThat(new String(requireNonNull(read.getData()).toBytes(), StandardCharsets.UTF_8))
        .isEqualTo("{\"amount\":250}");
  }
}
