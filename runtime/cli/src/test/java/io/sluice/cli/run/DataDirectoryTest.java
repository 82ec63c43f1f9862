package io.sluice.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cli.CommandError;
import io.sluice.sdk.error.SluiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir private Path folder;

  @Test
  void isForOneRunAtATime() {
    try (DataDirectory directory = DataDirectory.open(folder)) {
      assertThat(directory.logs()).isDirectory();
      assertThat(directory.brokers()).isDirectory();
      assertThatThrownBy(() -> DataDirectory.open(folder))
          .isInstanceOfSatisfying(
              SluiceException.class,
              error -> {
                assertThat(error.code()).isEqualTo(CommandError.DATA_DIRECTORY_IN_USE);
                assertThat(error.location()).hasToString(folder.toString());
              });
    }
    DataDirectory.open(folder).close();
  }

  @Test
  void saysWhenItCannotBeUsed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> DataDirectory.open(file))
        .isInstanceOfSatisfying(
            SluiceException.class,
            error -> assertThat(error.code()).isEqualTo(CommandError.DATA_DIRECTORY_UNUSABLE));
  }

  @Test
  void endpointsAreLeftForOthersAndTakenAway() throws IOException {
    BrokerEndpoint endpoint = new BrokerEndpoint("qingdao", "127.0.0.1:1", "127.0.0.1:2");
    assertThat(BrokerEndpoint.read(folder, "qingdao")).isEmpty();
    endpoint.write(folder);
    assertThat(BrokerEndpoint.read(folder, "qingdao")).contains(endpoint);
    endpoint.remove(folder);
    assertThat(BrokerEndpoint.read(folder, "qingdao")).isEmpty();
  }
}
