package io.sluice.examples;

import io.sluice.testkit.ForeignServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaInOutTest {
  @TempDir private Path folder;

  @Test
  void allPaidOrdersCrossAlsoThroughAStop() throws IOException {
    try (ForeignServer kafka = ForeignServer.kafka(folder.resolve("kafka"))) {
      new InOut("kafka-in-out", "kafka", Map.of("KAFKA", kafka.address()), folder.resolve("data"))
          .allPaidOrdersCrossAlsoThroughAStop();
    }
  }
}
