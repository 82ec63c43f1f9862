package io.sluice.engine.store;

import io.sluice.engine.error.EngineError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a small file beside the database says: how far the database had come when it was last known
 * to be durable. A database that is behind its seal was rolled back, by whatever means (I8).
 *
 * <p>The file is text: a line for the format, one for the store, one for the generation, and one
 * with a digest of the three.
 *
 * @param store identity of the store
 * @param generation number of durable commits
 */
record Seal(UUID store, long generation) {
  private static final String FORMAT = "sluice checkpoints 1";

  /** Reads a seal; empty if there is no such file. */
  static Optional<Seal> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      Seal seal = parse(Files.readString(file, StandardCharsets.UTF_8));
      return Optional.of(seal);
    } catch (IOException | RuntimeException failure) {
      throw StoreFailure.of(file, failure, EngineError.STORE_CORRUPT);
    }
  }

  private static Seal parse(String text) {
    List<String> lines = text.lines().toList();
    if (lines.size() != 4) {
      throw new IllegalArgumentException("the seal has " + lines.size() + " lines instead of 4");
    }
    Seal seal = new Seal(UUID.fromString(lines.get(1)), Long.parseLong(lines.get(2)));
    if (!seal.text().equals(text)) {
      throw new IllegalArgumentException("the seal does not match its own digest");
    }
    return seal;
  }

  void write(Path file) throws IOException {
    Durably.replace(file, text().getBytes(StandardCharsets.UTF_8));
  }

  private String text() {
    String content = FORMAT + "\n" + store + "\n" + generation + "\n";
    return content + Digest.of(content) + "\n";
  }
}
