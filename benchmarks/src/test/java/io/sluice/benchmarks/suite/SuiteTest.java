package io.sluice.benchmarks.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.benchmarks.report.PerformancePage;
import io.sluice.benchmarks.scenario.Scenario;
import io.sluice.benchmarks.scenario.Scenarios;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SuiteTest {
  private static final Path PAGE = Path.of("../docs/performance.md");

  @TempDir Path folder;
  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();

  @Test
  void measuresACopierAndWritesThePage() throws Exception {
    Path page = Files.copy(PAGE, folder.resolve("performance.md"));

    int status =
        run(
            "--scenario=sizes",
            "--size=1024",
            "--copier=sluice",
            "--messages=5000",
            "--runs=1",
            "--write=" + page);

    assertThat(status).as(errors.toString()).isZero();
    assertThat(output.toString()).contains("Sluice |  5,000 |");
    assertThat(page).content().contains("Sluice |  5,000 |");
  }

  @Test
  void thePageHasAPlaceForEveryUsualScenario() throws Exception {
    Path page = Files.copy(PAGE, folder.resolve("performance.md"));
    for (Scenario scenario : Scenarios.all()) {
      if (!scenario.name().equals("matrix")) {
        new PerformancePage(page).replace(scenario.name(), "table");
      }
    }
  }

  @Test
  void helpNamesEveryScenario() {
    assertThat(run("--help")).isZero();
    assertThat(output.toString()).contains(Scenarios.all().stream().map(Scenario::name).toList());
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThat(run("--scenario", "sises")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(errors.toString()).contains("no scenario 'sises'");
  }

  private int run(String... arguments) {
    return Suite.commandLine()
        .setOut(new PrintWriter(output, true))
        .setErr(new PrintWriter(errors, true))
        .execute(arguments);
  }
}
