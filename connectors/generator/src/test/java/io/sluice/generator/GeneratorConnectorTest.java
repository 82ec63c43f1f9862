package io.sluice.generator;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sdk.connector.Connector;
import io.sluice.sdk.connector.SourceDescription;
import io.sluice.sdk.error.ErrorCode;
import io.sluice.sdk.error.ErrorCodes;
import java.lang.reflect.RecordComponent;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class GeneratorConnectorTest {

  @Test
  void isFoundByItsName() {
    Connector found = ServiceLoader.load(Connector.class).findFirst().orElseThrow();

    assertThat(found.name()).isEqualTo("generator");
    assertThat(found.source()).isPresent();
    assertThat(found.sink()).isEmpty();
  }

  @Test
  void publishesItsErrorCodes() {
    assertThat(ServiceLoader.load(ErrorCodes.class).findFirst().orElseThrow().codes())
        .extracting(ErrorCode::id)
        .containsExactly("generator.bad-template", "generator.two-bodies");
  }

  @Test
  void theSchemaHasAKeyForEveryPartOfTheConfiguration() {
    String schema = new GeneratorSourceType().schema();

    for (RecordComponent component : GeneratorConfiguration.class.getRecordComponents()) {
      assertThat(schema).contains("\"" + component.getName() + "\": {");
    }
  }

  @Test
  void describesWhatItMakes() {
    assertThat(new GeneratorSourceType().describe(Configurations.endless()))
        .extracting(SourceDescription::topic, description -> description.group().isPresent())
        .containsExactly("generated", false);
  }
}
