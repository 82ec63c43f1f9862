package io.sluice.cli.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cli.CommandError;
import io.sluice.sdk.error.SluiceException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageFileTest {

  @Test
  void readsTextJsonAndBytes() {
    try (MessageFile file =
        file(
            """
            {"key": "A17", "tag": "paid", "properties": {"region": "north", "n": 3}, "body": "text"}

            {"body": {"amount": 1.50, "who": null}}
            {"bodyBase64": "AAH/"}
            {"body": null}
            """)) {
      OutgoingMessage first = file.next();
      assertThat(first.key()).contains("A17");
      assertThat(first.tag()).contains("paid");
      assertThat(first.properties()).containsEntry("region", "north").containsEntry("n", "3");
      assertThat(first.body()).asString().isEqualTo("text");
      OutgoingMessage second = file.next();
      assertThat(second.key()).isEmpty();
      assertThat(second.body()).asString().isEqualTo("{\"amount\":1.50,\"who\":null}");
      assertThat(file.next().body()).containsExactly(0, 1, 0xff);
      assertThat(file.next().body()).asString().isEqualTo("null");
      assertThat(file.hasNext()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"body\": ",
        "[1]",
        "{}",
        "{\"body\": 1, \"bodyBase64\": \"AA==\"}",
        "{\"bodyBase64\": \"?\"}",
        "{\"body\": 1, \"key\": 2}",
        "{\"body\": 1, \"kay\": \"A\"}",
        "{\"body\": 1, \"body\": 2}",
        "{\"body\": 1} {\"body\": 2}",
        "{\"body\": 1, \"properties\": []}",
        "{\"body\": 1, \"properties\": {\"a\": {}}}"
      })
  void namesTheLineThatIsNoMessage(String line) {
    try (MessageFile file = file("{\"body\": 1}\n\n" + line + "\n")) {
      file.next();
      assertThatThrownBy(file::next)
          .isInstanceOfSatisfying(
              SluiceException.class,
              error -> {
                assertThat(error.code()).isEqualTo(CommandError.MESSAGE_FILE_INVALID);
                assertThat(error.location().toString()).startsWith("orders.jsonl:3:");
              });
    }
  }

  @Test
  void saysWhenThereIsNoSuchFile() {
    assertThatThrownBy(() -> MessageFile.open(Path.of("no-such-file.jsonl")))
        .isInstanceOf(SluiceException.class)
        .hasMessageContaining("there is no such file");
  }

  @Test
  void generatedMessagesAreNumberedAndOfTheirSize() {
    GeneratedMessages messages = new GeneratedMessages(2, 20);
    assertThat(messages.next().body()).hasSize(20).asString().startsWith("message 1 ");
    assertThat(messages.next().body()).hasSize(20).asString().startsWith("message 2 ");
    assertThat(messages.hasNext()).isFalse();
    assertThat(new GeneratedMessages(1, 0).next().body()).isEmpty();
  }

  private static MessageFile file(String content) {
    return MessageFile.of(
        "orders.jsonl", new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
  }
}
