package io.sluice.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScheduledEventsTest {
  @TempDir private Path data;

  @Test
  void makesAnEventEveryFiveSeconds() {
    Command run = Command.start(Map.of(), "run", "scheduled-events", "--data-dir", data.toString());
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () ->
                run.hasEnded()
                    || run.flow("count-orders").stream()
                        .anyMatch(flow -> flow.path("out").asInt() > 1));

    List<JsonNode> jobs =
        Command.events(
            Map.of(),
            "tail",
            "--instance",
            "office",
            "--topic",
            "jobs",
            "--flows",
            "scheduled-events",
            "--data-dir",
            data.toString(),
            "--from",
            "first",
            "--limit",
            "2");
    assertThat(jobs)
        .allSatisfy(
            job -> {
              assertThat(job.path("tag").asText()).isEqualTo("count-orders");
              assertThat(job.path("body").asText()).isEqualTo("{\"job\":\"count-orders\"}");
            });
    Instant first = Instant.parse(jobs.get(0).path("keys").asText());
    assertThat(first.getEpochSecond() % 5).isZero();
    assertThat(jobs.get(1).path("keys").asText()).isEqualTo(first.plusSeconds(5).toString());
    run.interrupt();
    run.end();
  }
}
