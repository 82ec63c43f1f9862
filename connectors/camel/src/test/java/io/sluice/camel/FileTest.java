package io.sluice.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.sdk.sink.WriteResult.Stored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTest {
  @TempDir private Path folder;

  private String in() {
    return "file:" + folder + "?initialDelay=0&delay=50";
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void aFileIsDoneWhenItsRecordIsStored() throws Exception { // I1
    Path file = write("a.json", "{}");
    try (Reading reading = Reading.of(Reading.configuration(in(), "CamelFileName"))) {
      var batch = reading.next();
      assertThat(Reading.text(Reading.of(batch).get(0))).isEqualTo("{}");
      assertThat(Reading.of(batch).get(0).userProperty("CamelFileName")).contains("a.json");
      assertThat(file).exists();

      reading.done(batch);

      await().until(() -> !Files.exists(file) && Files.exists(folder.resolve(".camel/a.json")));
    }
  }

  @Test
  void aFileIsReadAgainWhenTheFlowStoppedBefore() throws Exception { // I1
    Path file = write("a.json", "{}");
    Reading reading = Reading.of(in());
    reading.next();
    reading.close();
    assertThat(file).exists();

    try (Reading again = Reading.of(in())) {
      assertThat(Reading.text(again.records(1).get(0))).isEqualTo("{}");
    }
  }

  @Test
  void aFileThatIsTooLargeStays() throws Exception {
    Path large = write("a.bin", "x".repeat(100_001));
    write("b.bin", "small");
    try (Reading reading = Reading.of(in())) {
      assertThat(Reading.text(reading.records(1).get(0))).isEqualTo("small");
      assertThat(large).exists();
    }
  }

  @Test
  void writesAFileForEachRecord() throws IOException {
    try (Writing writing =
        Writing.of("file:" + folder + "?fileName=${header.SluicePosition}.json")) {
      assertThat(writing.write(Writing.batch("a", "b")).join()).isInstanceOf(Stored.class);
    }
    assertThat(folder.resolve("100.json")).hasContent("a");
    assertThat(folder.resolve("101.json")).hasContent("b");
  }

  @Test
  void appendsToOneFileInOrder() throws IOException {
    try (Writing writing =
        Writing.of("file:" + folder + "?fileName=all.txt&fileExist=Append&appendChars=\\n")) {
      assertThat(writing.write(Writing.batch("a", "b", "c")).join()).isInstanceOf(Stored.class);
    }
    assertThat(folder.resolve("all.txt")).hasContent("a\nb\nc\n");
  }
}
