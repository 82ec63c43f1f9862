package io.sluice.flows.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sdk.batch.Position;
import io.sluice.sdk.record.Record;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** A pattern decodes only those parts of a record that it names. */
class LazyEnvelopeTest {
  private final WatchedRecord record = new WatchedRecord();

  @Test
  void aPatternOnTheTagReadsTheTagOnly() {
    assertThat(
            Patterns.compile("{\"data\":{\"systemProperties\":{\"TAGS\":[\"paid\"]}}}")
                .test(record))
        .isTrue();

    assertThat(record.asked).containsExactly("systemProperty TAGS");
  }

  @Test
  void aPatternOnAUserPropertyReadsThatPropertyOnly() {
    assertThat(
            Patterns.compile("{\"data\":{\"userProperties\":{\"region\":[\"hz\"]}}}").test(record))
        .isTrue();

    assertThat(record.asked).containsExactly("userProperty region");
  }

  @Test
  void aPatternOnConstantsReadsNothing() {
    assertThat(Patterns.compile("{\"source\":[\"acs:mq\"]}").test(record)).isTrue();

    assertThat(record.asked).isEmpty();
  }

  @Test
  void aPatternOnTheBodyReadsTheBodyOnce() {
    assertThat(Patterns.compile("{\"data\":{\"body\":{\"a\":[1],\"b\":[2]}}}").test(record))
        .isTrue();

    assertThat(record.asked).containsExactly("body");
  }

  @Test
  void rulesTogetherReadWhatAnyOfThemNamesOnce() {
    RuleSet rules =
        RuleSet.of(
            Map.of(
                "tag",
                Optional.of(
                    Patterns.compile("{\"data\":{\"systemProperties\":{\"TAGS\":[\"paid\"]}}}")),
                "prefix",
                Optional.of(
                    Patterns.compile(
                        "{\"data\":{\"systemProperties\":{\"TAGS\":[{\"prefix\":\"p\"}]}}}"))),
            Patterns.SOURCE);

    assertThat(rules.matching(record)).containsExactlyInAnyOrder("tag", "prefix");
    assertThat(record.asked).containsExactly("systemProperty TAGS");
  }

  private static final class WatchedRecord implements Record {
    private final List<String> asked = new ArrayList<>();

    @Override
    public Position position() {
      asked.add("position");
      return new Position(0);
    }

    @Override
    public String topic() {
      asked.add("topic");
      return "orders";
    }

    @Override
    public Optional<String> tag() {
      asked.add("tag");
      return Optional.of("paid");
    }

    @Override
    public Optional<String> keys() {
      asked.add("keys");
      return Optional.empty();
    }

    @Override
    public Optional<String> userProperty(String name) {
      asked.add("userProperty " + name);
      return Optional.of("hz");
    }

    @Override
    public Optional<String> systemProperty(String name) {
      asked.add("systemProperty " + name);
      return Optional.of("paid");
    }

    @Override
    public void forEachUserProperty(BiConsumer<String, String> action) {
      asked.add("user properties");
    }

    @Override
    public void forEachSystemProperty(BiConsumer<String, String> action) {
      asked.add("system properties");
    }

    @Override
    public ByteBuffer body() {
      asked.add("body");
      return StandardCharsets.UTF_8.encode("{\"a\":1,\"b\":2}").asReadOnlyBuffer();
    }

    @Override
    public int flag() {
      asked.add("flag");
      return 0;
    }

    @Override
    public Instant bornAt() {
      asked.add("bornAt");
      return Instant.EPOCH;
    }

    @Override
    public Instant storedAt() {
      asked.add("storedAt");
      return Instant.EPOCH;
    }
  }
}
