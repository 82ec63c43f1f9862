package io.sluice.benchmarks.copier;

import io.sluice.testkit.OfficialGrpcClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A program that copies a topic by gRPC on one side. */
public enum GrpcCopier {
  /** The command, with a flow that has no rules. */
  SLUICE("Sluice") {
    @Override
    JavaProgram program(GrpcCopy copy, Path folder) throws IOException {
      Path flows = Files.writeString(folder.resolve("flows.yaml"), copy.flow());
      return SluiceProgram.running(flows, folder);
    }
  },

  /** RocketMQ's own gRPC client, and its remoting client on the other side. */
  OFFICIAL("RocketMQ's client") {
    @Override
    JavaProgram program(GrpcCopy copy, Path folder) {
      return new JavaProgram(
          "io.sluice.testkit.official.OfficialCopier",
          copy.arguments(),
          List.of("-Duser.home=" + folder), // where it logs
          OfficialGrpcClient.classPath());
    }
  };

  private final String title;

  GrpcCopier(String title) {
    this.title = title;
  }

  /**
   * Starts it in a JVM of its own, which has the same options for all copiers.
   *
   * @param folder where its files go
   */
  public CopierProcess start(GrpcCopy copy, Path folder) throws IOException {
    return CopierProcess.start(program(copy, folder), folder);
  }

  abstract JavaProgram program(GrpcCopy copy, Path folder) throws IOException;

  /** For tables. */
  @Override
  public String toString() {
    return title;
  }
}
