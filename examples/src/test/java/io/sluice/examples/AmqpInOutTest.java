package io.sluice.examples;

import io.sluice.testkit.ForeignServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AmqpInOutTest {
  @TempDir private Path folder;

  @Test
  void allPaidOrdersCrossAlsoThroughAStop() throws IOException {
    try (ForeignServer artemis = ForeignServer.artemis(folder.resolve("artemis"))) {
      new InOut("amqp-in-out", "amqp", Map.of("AMQP", artemis.address()), folder.resolve("data"))
          .allPaidOrdersCrossAlsoThroughAStop();
    }
  }
}
