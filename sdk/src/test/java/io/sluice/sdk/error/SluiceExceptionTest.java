package io.sluice.sdk.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import org.junit.jupiter.api.Test;

class SluiceExceptionTest {
  private enum Code implements ErrorCode {
    BROKEN;

    @Override
    public Description description() {
      return new Description("test.broken", Category.RUNTIME, "It is broken.", "Mend it.");
    }
  }

  @Test
  void showsPlaceMessageAndCode() {
    SluiceException error =
        new SluiceException(
            Code.BROKEN,
            "the lane is broken",
            Location.InFlow.of("orders", new Partition("a/t/b/3", 3), new Position(42)));

    assertThat(error).hasToString("orders a/t/b/3 @42: the lane is broken [test.broken]");
    assertThat(error.suggestion()).isEqualTo("Mend it.");
  }

  @Test
  void staysRetriableWhenItGetsAPlace() {
    SluiceException error =
        new RetriableException(Code.BROKEN, "later", Location.NONE)
            .at(new Location.InFile("flows.yaml", 3, 7));

    assertThat(error)
        .isInstanceOf(RetriableException.class)
        .hasToString("flows.yaml:3:7: later [test.broken]");
  }
}
