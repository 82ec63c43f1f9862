package io.sluice.benchmarks.copier;

import java.io.IOException;
import java.nio.file.Path;

/** A program that copies a topic. */
public enum Copier {
  /** The command, with a flow that has no rules. */
  SLUICE("Sluice") {
    @Override
    JavaProgram program(Copy copy, Path folder) throws IOException {
      return SluiceProgram.running(copy.flow().write(folder.resolve("flows.yaml")), folder);
    }
  },

  /** What the public client can do at best: batches to the aligned queue. */
  DECODE_AND_BATCH("decode and batch") {
    @Override
    JavaProgram program(Copy copy, Path folder) {
      return naive(DecodeAndBatch.class, copy);
    }
  },

  /** What most connectors do: a listener that sends each message, and waits. */
  PUSH_AND_SEND("push and send") {
    @Override
    JavaProgram program(Copy copy, Path folder) {
      return naive(PushAndSend.class, copy);
    }
  },

  /** A route of two endpoints of camel-rocketmq. */
  CAMEL_ROUTE("Camel route") {
    @Override
    JavaProgram program(Copy copy, Path folder) {
      return naive(CamelRoute.class, copy);
    }
  };

  private final String title;

  Copier(String title) {
    this.title = title;
  }

  /**
   * Starts it in a JVM of its own, which has the same options for all copiers.
   *
   * @param folder where its files go
   */
  public CopierProcess start(Copy copy, Path folder) throws IOException {
    return CopierProcess.start(program(copy, folder), folder);
  }

  abstract JavaProgram program(Copy copy, Path folder) throws IOException;

  private static JavaProgram naive(Class<?> main, Copy copy) {
    return new JavaProgram(main.getName(), copy.arguments());
  }

  /** For tables. */
  @Override
  public String toString() {
    return title;
  }
}
