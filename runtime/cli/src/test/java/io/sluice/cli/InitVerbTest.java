package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitVerbTest {
  @TempDir private Path folder;
  private final Call call = new Call();

  @Test
  void writesAFlowThatIsValidAsItIs() {
    Path file = folder.resolve("new/orders.yaml");
    assertThat(call.run("init", file.toString())).isZero();
    assertThat(call.out()).contains(file.toString());

    Call check = new Call();
    assertThat(check.run("validate", "--strict", file.toString())).as(check.err()).isZero();
    assertThat(check.out().strip())
        .isEqualTo("1 flow, 0 brokers, 2 instances; 0 errors, 0 warnings.");
  }

  @Test
  void whatIsCommentedOutInTheFlowIsValidToo() throws IOException {
    Path file = folder.resolve("flow.yaml");
    call.run("init", file.toString());
    String text = Files.readString(file);
    int flow = text.indexOf("kind: EventFlow");
    Files.writeString(
        file,
        text.substring(0, flow)
            + text.substring(flow)
                .replaceAll("(?m)^# (?=[a-z]+[a-zA-Z]*:)", "")
                .replaceAll("(?m)^#( +)(?=(- )?[a-z]+[a-zA-Z]*:)", "$1 "));

    Call check = new Call();
    assertThat(check.run("validate", "--strict", file.toString())).as(check.out()).isZero();
    assertThat(Files.readString(file).substring(flow)).doesNotContainPattern("(?m)^#");
    assertThat(new Call().run("test", file.toString())).isZero();
  }

  @Test
  void leavesAFileThatExistsAlone() throws IOException {
    Path file = Files.writeString(folder.resolve("mine.yaml"), "mine");
    assertThat(call.run("init", file.toString())).isEqualTo(2);
    assertThat(call.err()).contains("command.file-exists");
    assertThat(file).hasContent("mine");
  }

  @Test
  void saysWhyAFileCannotBeWritten() throws IOException {
    Path notAFolder = Files.writeString(folder.resolve("file"), "");
    assertThat(call.run("init", notAFolder.resolve("flow.yaml").toString())).isEqualTo(3);
    assertThat(call.err()).contains("command.file-not-written");
  }
}
