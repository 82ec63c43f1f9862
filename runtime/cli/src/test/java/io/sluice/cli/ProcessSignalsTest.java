package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessSignalsTest {
  private Process process;
  private BufferedReader output;

  /** The other process: listens, says so, and goes on whatever it hears. */
  public static void main(String[] arguments) throws InterruptedException {
    ProcessSignals signals = ProcessSignals.install();
    if (arguments.length == 0) {
      signals.onInterrupt(() -> System.out.println("stopping"));
    }
    System.out.println("ready");
    new CountDownLatch(1).await();
  }

  @BeforeEach
  void nothingRuns() {
    process = null;
  }

  @AfterEach
  void end() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  @ParameterizedTest
  @CsvSource({"INT,130", "TERM,143"})
  void asksFirstAndEndsTheSecondTime(String signal, int status) throws Exception {
    start();
    send(signal);
    assertThat(output.readLine()).isEqualTo("stopping");
    assertThat(process.isAlive()).isTrue();
    send(signal);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(status);
  }

  @Test
  void endsAtOnceWhenNobodyListens() throws Exception {
    start("deaf");
    send("INT");
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
  }

  private void start(String... arguments) throws IOException {
    process = Java.process(ProcessSignalsTest.class, arguments).start();
    output = process.inputReader();
    assertThat(output.readLine()).isEqualTo("ready");
  }

  private void send(String signal) throws IOException, InterruptedException {
    Java.signal(process, signal);
  }
}
