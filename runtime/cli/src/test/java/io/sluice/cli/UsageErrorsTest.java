package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageErrorsTest {
  private final Call call = new Call();

  @Test
  void suggestsTheVerbThatWasMeant() {
    assertThat(call.run("runn", "flows/")).isEqualTo(2);
    assertThat(call.err())
        .contains("There is no verb runn. [command.usage]")
        .contains("Did you mean run?");
    assertThat(call.out()).isEmpty();
  }

  @Test
  void suggestsTheOptionThatWasMeant() {
    assertThat(call.run("run", "--data-dri", "d", "flows/")).isEqualTo(2);
    assertThat(call.err()).contains("'--data-dri'").contains("--data-dir");
  }

  @Test
  void answersInJsonWhenAsked() {
    assertThat(call.run("send", "--json", "--topic", "t")).isEqualTo(2);
    JsonNode envelope = call.envelope();
    assertThat(envelope.path("command").asText()).isEqualTo("send");
    assertThat(envelope.path("ok").asBoolean()).isFalse();
    assertThat(envelope.path("error").path("code").asText()).isEqualTo("command.usage");
    assertThat(envelope.path("error").path("message").asText()).contains("--instance");
    assertThat(call.err()).isEmpty();
  }

  @Test
  void showsWhatThereIsWithoutAVerb() {
    assertThat(call.run()).isEqualTo(2);
    assertThat(call.err()).contains("Usage: sluice").contains("validate").contains("tail");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "validate", "send", "tail", "version"})
  void helpsWithEachVerb(String verb) {
    assertThat(call.run("help", verb)).isZero();
    assertThat(call.out()).contains("Usage: sluice " + verb);
    assertThat(call.err()).isEmpty();
  }

  @Test
  void refusesADurationThatIsNone() {
    assertThat(call.run("run", "--exit-when-idle", "soon", "flows/")).isEqualTo(2);
    assertThat(call.err()).contains("'soon' is not a duration such as 500ms, 5s, 2m or 1h");
  }

  @Test
  void refusesATimeThatIsNone() {
    assertThat(call.run("tail", "--instance", "a", "--topic", "t", "--from", "now")).isEqualTo(2);
    assertThat(call.err()).contains("'now' is neither first, last nor a time");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--file f --count 3",
        "--file f --size 3",
        "--count 0",
        "--count 1 --size -1",
        "--count 1 --size 999999999"
      })
  void refusesToSendWhatMakesNoSense(String options) {
    String arguments = "send --instance h:1 --topic t " + options;
    assertThat(call.run(arguments.strip().split("\\s+"))).isEqualTo(2);
    assertThat(call.err()).contains("[command.usage]").contains("sluice help send");
  }
}
