package io.sluice.flows.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.flows.Finding;
import io.sluice.flows.document.DocumentReader;
import io.sluice.flows.document.Node.Mapping;
import io.sluice.flows.finding.Findings;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.connector.SourceDescription;
import io.sluice.sdk.error.Location.InFile;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.record.Record;
import io.sluice.sdk.record.RecordPart;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** Compiles transforms from JSON text, in which apostrophes stand for quotes. */
final class Transforms {
  private static final SourceDescription SOURCE =
      new SourceDescription(
          Optional.of("qingdao"), "orders", Optional.of("GID"), "acs:mq", "mq:Topic:SendMessage");

  private Transforms() {}

  /** The transform of a sink's block. */
  static TransformChain compile(String block) {
    Findings findings = new Findings();
    Optional<TransformChain> transform = read(block, findings);
    assertThat(findings.sorted()).isEmpty();
    return transform.orElseThrow();
  }

  /** What is wrong with a sink's block. */
  static List<String> problems(String block) {
    Findings findings = new Findings();
    assertThat(read(block, findings)).isEmpty();
    return findings.sorted().stream().map(Finding::message).toList();
  }

  private static Optional<TransformChain> read(String block, Findings findings) {
    Mapping sink =
        (Mapping)
            new DocumentReader(findings)
                .readJson(block.replace('\'', '"'), new InFile("test", 1, 1))
                .orElseThrow();
    return new TransformReader(SOURCE, findings)
        .read(sink.get("transforms"), sink, EnumSet.allOf(RecordPart.class));
  }

  /** A record with a body, properties, keys and a tag. */
  static DetachedRecord order(String body) {
    return order(body.getBytes(StandardCharsets.UTF_8));
  }

  static DetachedRecord order(byte[] body) {
    return DetachedRecord.builder("orders", new Position(42))
        .tag("paid")
        .keys("k1 k2")
        .systemProperty("UNIQ_KEY", "AC14")
        .userProperty("region", "hz")
        .userProperty("note", "say \"hi\" & <go>")
        .flag(7)
        .bornAt(Instant.ofEpochMilli(1_617_861_680_766L))
        .body(body)
        .build();
  }

  static String body(Record record) {
    return StandardCharsets.UTF_8.decode(record.body()).toString();
  }
}
