package io.sluice.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.CommandError;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExitStatusTest {

  @Test
  void theFirstOfTheWorstDecides() {
    SluiceException validation = error(CommandError.USAGE);
    SluiceException environment = error(CommandError.NO_ANSWER);
    SluiceException another = error(CommandError.DATA_DIRECTORY_IN_USE);
    SluiceException runtime = error(CommandError.NOT_DRAINED);
    assertThat(ExitStatus.worst(List.of())).isEmpty();
    assertThat(ExitStatus.worst(List.of(runtime, validation))).contains(validation);
    assertThat(ExitStatus.worst(List.of(validation, environment, another, runtime)))
        .contains(environment);
  }

  @Test
  void worseMeansAHigherNumber() {
    assertThat(ExitStatus.values()).extracting(ExitStatus::number).isSorted();
  }

  private static SluiceException error(CommandError code) {
    return new SluiceException(code, "It is wrong.", Location.NONE);
  }
}
