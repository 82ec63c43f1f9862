package io.sluice.rocketmq.transcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sluice.rocketmq.FormatError;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.batch.RecordPayload;
import io.sluice.sdk.batch.Selection;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.record.DetachedRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.rocketmq.common.message.Message;
import org.junit.jupiter.api.Test;

class ViewEncodingTest {
  private static final Partition PARTITION = new Partition("generated/0", 0);

  private static DetachedRecord.Builder record(long position) {
    return DetachedRecord.builder("generated", new Position(position));
  }

  private static Batch batch(DetachedRecord.Builder... records) {
    List<DetachedRecord> built = new ArrayList<>();
    for (DetachedRecord.Builder record : records) {
      built.add(record.build());
    }
    return Batch.of(PARTITION, new Position(0), new Position(100), new RecordPayload(built));
  }

  private static List<Message> sent(Batch batch) {
    return Target.all(new BatchEncoder(EncoderLimits.DEFAULT, Stamping.of(true)).requests(batch))
        .stream()
        .flatMap(request -> Target.messages(request).stream())
        .toList();
  }

  @Test
  void everyPartOfARecordCrosses() {
    DetachedRecord.Builder record =
        record(5)
            .tag("paid")
            .keys("k1 k2")
            .userProperty("colour", "grün")
            .userProperty("empty", "")
            .systemProperty("__SHARDINGKEY", "customer 7")
            .systemProperty("UNIQ_KEY", "0A01")
            .systemProperty("DELAY", "3")
            .systemProperty("WAIT", "true")
            .flag(9)
            .bornAt(Instant.ofEpochMilli(1234))
            .body(new byte[] {1, 0, 2});
    SendRequest request =
        new BatchEncoder(EncoderLimits.DEFAULT, Stamping.of(true))
            .requests(batch(record))
            .next()
            .orElseThrow();
    Message message = Target.messages(request).get(0);

    assertThat(message.getBody()).containsExactly(1, 0, 2);
    assertThat(message.getFlag()).isEqualTo(9);
    assertThat(message.getProperties())
        .containsOnly(
            Map.entry("TAGS", "paid"),
            Map.entry("KEYS", "k1 k2"),
            Map.entry("colour", "grün"),
            Map.entry("__SHARDINGKEY", "customer 7"),
            Map.entry("UNIQ_KEY", "0A01"),
            Map.entry("_sluice", "generated/0@5"));
    assertThat(request.bornMillis()).isEqualTo(1234);
    assertThat(request.sysFlag()).isZero();
    assertThat(request.first()).isEqualTo(new Position(5));
    assertThat(request.next()).isEqualTo(new Position(6));
  }

  @Test
  void aRecordWithoutAMessageIdGetsOneOfItsOwn() {
    List<Message> sent = sent(batch(record(0), record(1)));

    assertThat(sent).extracting(m -> m.getProperty("UNIQ_KEY")).doesNotHaveDuplicates();
    assertThat(sent).allSatisfy(m -> assertThat(m.getProperty("UNIQ_KEY")).hasSize(32));
  }

  @Test
  void aControlPropertyThatItsRecordNeedsMayBeGivenAsAUsersOwn() {
    Batch batch = batch(record(0).userProperty("__SHARDINGKEY", "a").userProperty("UNIQ_KEY", "b"));

    assertThat(sent(batch).get(0).getProperties())
        .containsEntry("__SHARDINGKEY", "a")
        .containsEntry("UNIQ_KEY", "b");
  }

  @Test
  void aCopyOfACopyKeepsItsJourneyAndIsKnownAsAnEcho() {
    Batch batch =
        batch(
            record(5).systemProperty("_sluice", "hangzhou/orders/broker-0/0@9"),
            record(6).systemProperty("_sluice", "elsewhere/orders/broker-0/0@9"));
    Stamping stamping = Stamping.of(true).cuttingEchoes("hangzhou", "orders");

    assertThat(sent(batch))
        .extracting(message -> message.getProperty("_sluice"))
        .first()
        .asString()
        .startsWith("generated/0@5")
        .contains("hangzhou/orders");
    assertThat(
            Target.all(new BatchEncoder(EncoderLimits.DEFAULT, stamping).requests(batch)).stream()
                .flatMap(request -> Target.messages(request).stream()))
        .singleElement()
        .satisfies(
            message -> assertThat(message.getProperty("_sluice")).contains("elsewhere/orders"));
  }

  @Test
  void sendsOnlyWhatIsSelected() {
    Batch batch = batch(record(0), record(1), record(2), record(3));

    assertThat(sent(batch.select(Selection.of(4, i -> i % 2 == 1))))
        .extracting(message -> message.getProperty("_sluice"))
        .containsExactly("generated/0@1", "generated/0@3");
  }

  @Test
  void aPropertyThatCannotBeWrittenIsAnErrorAfterWhatComesBefore() {
    for (DetachedRecord.Builder bad :
        List.of(
            record(1).userProperty("a\u0001b", "c"),
            record(1).userProperty("a", "b\u0002"),
            record(1).tag("b\u0001"),
            record(1).userProperty("", "b"),
            record(1).userProperty("DELAY", "3"),
            record(1).userProperty("_sluice", "x"))) {
      Requests requests =
          new BatchEncoder(EncoderLimits.DEFAULT, Stamping.of(true))
              .requests(batch(record(0), bad, record(2)));

      assertThat(requests.next().orElseThrow().next()).isEqualTo(new Position(1));
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatExceptionOfType(SluiceException.class)
            .isThrownBy(requests::next)
            .withMessageContaining("position 1")
            .satisfies(e -> assertThat(e.code()).isEqualTo(FormatError.BAD_PROPERTY));
      }
    }
  }

  @Test
  void tooManyPropertiesAreAnError() {
    Requests requests =
        new BatchEncoder(EncoderLimits.DEFAULT, Stamping.of(true))
            .requests(batch(record(0).userProperty("a", "v".repeat(32_800))));

    assertThatExceptionOfType(SluiceException.class)
        .isThrownBy(requests::next)
        .satisfies(e -> assertThat(e.code()).isEqualTo(FormatError.RECORD_TOO_LARGE));
  }

  @Test
  void requestsAreCutAsForStoredMessages() {
    DetachedRecord.Builder[] records = new DetachedRecord.Builder[20];
    for (int i = 0; i < records.length; i++) {
      records[i] = record(i).body(new byte[i == 10 ? 3900 : 500]);
    }
    List<SendRequest> requests =
        Target.all(
            new BatchEncoder(new EncoderLimits(2000, 4000), Stamping.of(true))
                .requests(batch(records)));

    assertThat(requests.stream().mapToInt(SendRequest::count).sum()).isEqualTo(20);
    assertThat(requests).filteredOn(SingleRequest.class::isInstance).hasSize(1);
    assertThat(requests)
        .filteredOn(BatchRequest.class::isInstance)
        .allSatisfy(request -> assertThat(request.body().length).isLessThanOrEqualTo(2000));
  }
}
