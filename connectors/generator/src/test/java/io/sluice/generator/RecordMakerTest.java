package io.sluice.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sluice.generator.GeneratorConfiguration.OnRestart;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.record.DetachedRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordMakerTest {
  private static final Instant NOW = Instant.parse("2026-11-01T10:20:30.456789Z");

  private static GeneratorConfiguration configuration(
      List<String> tags,
      Optional<String> body,
      Optional<Integer> size,
      Map<String, String> properties) {
    return new GeneratorConfiguration(
        Optional.empty(),
        Optional.empty(),
        4,
        tags,
        Optional.of("order-#{sequence}"),
        body,
        size,
        properties,
        "orders",
        17,
        OnRestart.RESUME);
  }

  private static DetachedRecord make(GeneratorConfiguration configuration, long sequence) {
    return new RecordMaker(configuration)
        .make(sequence, (int) (sequence % 4), new Position(sequence / 4), NOW);
  }

  private static String body(DetachedRecord record) {
    return StandardCharsets.UTF_8.decode(record.body()).toString();
  }

  @Test
  void fillsEveryField() {
    GeneratorConfiguration configuration =
        configuration(
            List.of("paid"),
            Optional.of("{\"order\": #{sequence}, \"at\": \"#{time}\"}"),
            Optional.empty(),
            Map.of("lane", "#{partition}"));

    DetachedRecord record = make(configuration, 6);

    assertThat(record.topic()).isEqualTo("orders");
    assertThat(record.position()).isEqualTo(new Position(1));
    assertThat(record.tag()).contains("paid");
    assertThat(record.keys()).contains("order-6");
    assertThat(record.userProperty("lane")).contains("2");
    assertThat(record.bornAt()).isEqualTo(NOW);
    assertThat(body(record)).isEqualTo("{\"order\": 6, \"at\": \"2026-11-01T10:20:30.456Z\"}");
  }

  @Test
  void whatIsRandomFollowsFromSeedAndNumber() {
    String body = "#{int:1:1000000} #{choice:a|b|c}";
    GeneratorConfiguration one =
        configuration(List.of("x", "y"), Optional.of(body), Optional.empty(), Map.of());
    GeneratorConfiguration withMore =
        configuration(
            List.of("x", "y"), Optional.of(body), Optional.empty(), Map.of("p", "#{int:1:9}"));

    assertThat(body(make(one, 3))).isEqualTo(body(make(one, 3))).isNotEqualTo(body(make(one, 4)));
    assertThat(body(make(withMore, 3))).isEqualTo(body(make(one, 3)));
    assertThat(make(withMore, 3).tag()).isEqualTo(make(one, 3).tag());
  }

  @Test
  void tagsAreEquallyLikely() {
    GeneratorConfiguration configuration =
        configuration(List.of("a", "b", "c", "d"), Optional.empty(), Optional.of(0), Map.of());
    RecordMaker maker = new RecordMaker(configuration);
    Map<String, Integer> counts = new HashMap<>();
    for (long sequence = 0; sequence < 4000; sequence++) {
      DetachedRecord record = maker.make(sequence, 0, new Position(sequence), NOW);
      counts.merge(record.tag().orElseThrow(), 1, Integer::sum);
    }

    assertThat(counts).hasSize(4);
    assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(900, 1100));
  }

  @Test
  void randomBodiesHaveTheirSize() {
    for (int size : new int[] {0, 1, 11, 5000}) {
      GeneratorConfiguration configuration =
          configuration(List.of(), Optional.empty(), Optional.of(size), Map.of());
      assertThat(body(make(configuration, 3))).hasSize(size).matches("[A-Za-z0-9_-]*");
      assertThat(make(configuration, 3).tag()).isEmpty();
    }
    GeneratorConfiguration unsaid =
        configuration(List.of(), Optional.empty(), Optional.empty(), Map.of());
    assertThat(body(make(unsaid, 0))).hasSize(1024).isNotEqualTo(body(make(unsaid, 1)));
  }

  @Test
  void eitherBodyOrSize() {
    assertThatExceptionOfType(SluiceException.class)
        .isThrownBy(() -> configuration(List.of(), Optional.of(""), Optional.of(1), Map.of()))
        .satisfies(e -> assertThat(e.code()).isEqualTo(GeneratorError.TWO_BODIES));
  }

  @Test
  void aBadTemplateIsFoundBeforeTheFlowRuns() {
    assertThatExceptionOfType(SluiceException.class)
        .isThrownBy(
            () -> configuration(List.of(), Optional.empty(), Optional.empty(), Map.of("a", "#{b}")))
        .satisfies(e -> assertThat(e.code()).isEqualTo(GeneratorError.BAD_TEMPLATE));
  }
}
