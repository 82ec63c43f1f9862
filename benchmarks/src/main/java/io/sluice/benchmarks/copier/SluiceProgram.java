package io.sluice.benchmarks.copier;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code sluice run}, as a user starts it. */
public final class SluiceProgram {
  private SluiceProgram() {}

  /**
   * Starts it on a flow file.
   *
   * @param folder where its data and its output go
   * @param jvmOptions replace those of the launcher
   */
  public static CopierProcess start(Path flows, Path folder, List<String> jvmOptions)
      throws IOException {
    return CopierProcess.start(running(flows, folder).withJvmOptions(jvmOptions), folder);
  }

  static JavaProgram running(Path flows, Path folder) {
    return new JavaProgram(
        "io.sluice.cli.Sluice",
        List.of(
            "run",
            flows.toString(),
            "--data-dir",
            folder.resolve("data").toString(),
            "--start-timeout",
            "5m"));
  }
}
