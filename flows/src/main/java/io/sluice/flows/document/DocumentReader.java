package io.sluice.flows.document;

import io.sluice.flows.FlowError;
import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.finding.Findings;
import io.sluice.sdk.error.Location.InFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads files into documents. Whatever stands in the way becomes a finding. For one thread. */
public final class DocumentReader {
  private final Findings findings;

  public DocumentReader(Findings findings) {
    this.findings = findings;
  }

  /**
   * The documents of a file: JSON if it is named so, YAML otherwise; as many as could be read.
   * Empty documents are left out.
   */
  public List<Node> read(Path path) {
    try {
      return read(path.toString(), decode(path, bytes(path)));
    } catch (Unreadable e) {
      return List.of();
    }
  }

  /** The documents of a text, called by a name as a file would be. */
  public List<Node> read(String file, String text) {
    List<Node> documents = new ArrayList<>();
    try {
      if (file.toLowerCase(Locale.ROOT).endsWith(".json")) {
        JsonReader.ofFile(text, file, findings).readInto(documents);
      } else {
        new YamlReader(file, text, findings).readInto(documents);
      }
    } catch (Unreadable e) {
      // Reported; the documents before it stay.
    }
    documents.removeIf(document -> document instanceof Scalar scalar && scalar.isNull());
    return documents;
  }

  /** The one value of a JSON text that stands in a scalar; all of it has the scalar's place. */
  public Optional<Node> readJson(String text, InFile place) {
    List<Node> documents = new ArrayList<>();
    try {
      JsonReader.ofValue(text, place, findings).readInto(documents);
    } catch (Unreadable e) {
      return Optional.empty();
    }
    if (documents.size() != 1) {
      findings.error(
          FlowError.SYNTAX,
          place,
          "the JSON text holds " + documents.size() + " values in place of one",
          "Write one JSON object.");
      return Optional.empty();
    }
    return Optional.of(documents.get(0));
  }

  private byte[] bytes(Path path) throws Unreadable {
    InFile place = new InFile(path.toString(), 1, 1);
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(Limits.BYTES + 1);
      if (bytes.length > Limits.BYTES) {
        findings.error(
            FlowError.FILE_TOO_LARGE, place, "the file is larger than " + Limits.BYTES + " bytes");
        throw new Unreadable();
      }
      return bytes;
    } catch (IOException e) {
      findings.error(FlowError.UNREADABLE_FILE, place, "the file cannot be read");
      throw new Unreadable();
    }
  }

  private String decode(Path path, byte[] bytes) throws Unreadable {
    CharBuffer text = CharBuffer.allocate(bytes.length);
    CoderResult result =
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes), text, true);
    text.flip();
    if (result.isError()) {
      InFile end = TextPlaces.at(path.toString(), text, text.length());
      findings.error(FlowError.NOT_UTF8, end, "the file is not UTF-8 text from here on");
      throw new Unreadable();
    }
    String whole = text.toString();
    return whole.startsWith("\uFEFF") ? whole.substring(1) : whole;
  }
}
