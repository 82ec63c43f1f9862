package io.sluice.broker;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** An integrated broker in a JVM of its own, which can be killed. */
final class BrokerProcess implements AutoCloseable {
  private static final Set<String> PASSED_ON =
      Set.of("--add-opens", "--add-exports", "-Djava.net.preferIPv4Stack");

  private final Process process;
  private final Path output;
  private final Path ready;

  private BrokerProcess(Process process, Path output, Path ready) {
    this.process = process;
    this.output = output;
    this.ready = ready;
  }

  static BrokerProcess start(Path folder, Path data, Path home) throws IOException {
    Path output = folder.resolve("output.txt");
    Path ready = folder.resolve("ready.txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(opens());
    command.addAll(List.of("-Xmx256m", "-Duser.home=" + home));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(BrokerProcess.class.getName(), data.toString(), ready.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .directory(folder.toFile())
            .start();
    return new BrokerProcess(process, output, ready);
  }

  private static List<String> opens() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> PASSED_ON.stream().anyMatch(argument::startsWith))
        .toList();
  }

  /** Runs in the child: one broker, until its input ends. */
  public static void main(String[] args) throws Exception {
    IntegratedBroker broker =
        IntegratedBroker.builder("child")
            .dataDir(Path.of(args[0]))
            .topic("orders", 4, TopicType.NORMAL)
            .start();
    Path temporary = Path.of(args[1] + ".tmp");
    Files.writeString(temporary, broker.nameServerAddress());
    Files.move(temporary, Path.of(args[1]));
    while (System.in.read() >= 0) {
      // Waits for the parent.
    }
    broker.close();
  }

  String awaitNameServer() throws IOException {
    await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(ready) || !process.isAlive());
    if (!process.isAlive()) {
      throw new IllegalStateException(Files.readString(output));
    }
    return Files.readString(ready);
  }

  /** Everything that it wrote to its standard output and error. */
  String output() throws IOException {
    return Files.readString(output);
  }

  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Lets it end by itself. */
  int end() throws Exception {
    process.getOutputStream().close();
    return process.waitFor();
  }

  @Override
  public void close() {
    kill();
  }
}
