package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class VersionVerbTest {
  private final Call call = new Call();

  @Test
  void showsTheVersionsThatItWasBuiltWith() {
    assertThat(call.run("version")).isZero();
    assertThat(call.out())
        .matches("sluice \\S+ \\(RocketMQ 5\\.\\S+, Camel 4\\.\\S+, Java .+\\)\\R");
    assertThat(call.err()).isEmpty();
  }

  @Test
  void showsThemAsJson() {
    assertThat(call.run("version", "--json")).isZero();
    JsonNode envelope = call.envelope();
    assertThat(call.json()).hasSize(1);
    assertThat(envelope.path("ok").asBoolean()).isTrue();
    assertThat(envelope.path("error").isNull()).isTrue();
    assertThat(envelope.path("result").path("rocketmq").asText()).startsWith("5.");
  }

  @Test
  void isFoundAsAnOptionToo() {
    call.run("version");
    String expected = call.out();

    for (String option : new String[] {"--version", "-V"}) {
      Call asOption = new Call();
      assertThat(asOption.run(option)).isZero();
      assertThat(asOption.out()).isEqualTo(expected);
      assertThat(asOption.err()).isEmpty();
    }
  }
}
