package io.sluice.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.schedule.ScheduleConfiguration.Misfire;
import io.sluice.sdk.connector.Connector;
import io.sluice.sdk.error.ErrorCode;
import io.sluice.sdk.error.ErrorCodes;
import java.lang.reflect.RecordComponent;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class ScheduleConnectorTest {
  private final ScheduleSourceType type = new ScheduleSourceType();

  private static ScheduleConfiguration configuration(String schedule) {
    return new ScheduleConfiguration(
        schedule, "UTC", Optional.empty(), Optional.of("close"), Misfire.FIRE_ONCE);
  }

  @Test
  void isFoundByItsName() {
    Connector found = ServiceLoader.load(Connector.class).findFirst().orElseThrow();

    assertThat(found.name()).isEqualTo("schedule");
    assertThat(found.source()).isPresent();
    assertThat(found.sink()).isEmpty();
  }

  @Test
  void publishesItsErrorCodes() {
    assertThat(ServiceLoader.load(ErrorCodes.class))
        .flatExtracting(ErrorCodes::codes)
        .extracting(ErrorCode::id)
        .contains("schedule.bad-schedule", "schedule.never-due", "schedule.unknown-time-zone");
  }

  @Test
  void theSchemaHasAKeyForEveryPartOfTheConfiguration() {
    for (RecordComponent component : ScheduleConfiguration.class.getRecordComponents()) {
      assertThat(type.schema()).contains("\"" + component.getName() + "\": {");
    }
  }

  @Test
  void describesWhatItMakes() {
    assertThat(type.describe(configuration("rate(1 minute)")).eventSource()).isEqualTo("close");
    assertThat(type.describe(configuration("rate(1 minute)")).eventType())
        .isEqualTo("eventbridge:Events:ScheduledEvent");
  }

  @Test
  void aDateThatThereIsNotIsAProblem() {
    assertThat(type.problems(configuration("0 0 0 30 2 ?")))
        .singleElement()
        .satisfies(problem -> assertThat(problem.code()).isEqualTo(ScheduleError.NEVER_DUE));
    assertThat(type.problems(configuration("0 0 0 29 2 ?"))).isEmpty();
  }
}
