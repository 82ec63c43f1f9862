package io.sluice.benchmarks.copier;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * A main class, to be run with the options that the launcher gives to Sluice. Immutable.
 *
 * @param jvmOptions come last and so replace earlier ones
 * @param classPath on which it is found
 */
record JavaProgram(
    String mainClass, List<String> arguments, List<String> jvmOptions, String classPath) {
  private static final List<String> LAUNCHER_OPTIONS =
      List.of(
          "-Xmx512m",
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:FreqInlineSize=70",
          "-Dfile.encoding=UTF-8",
          "-Djava.net.preferIPv4Stack=true");

  /** Keeps RocketMQ's client from logging into the home directory. */
  private static final String SILENCE =
      "-Drmq.logback.configurationFile=io/sluice/testkit/rocketmq-silence.xml";

  /** One of this class path. */
  JavaProgram(String mainClass, List<String> arguments) {
    this(mainClass, arguments, List.of(), System.getProperty("java.class.path"));
  }

  JavaProgram withJvmOptions(List<String> options) {
    return new JavaProgram(mainClass, arguments, options, classPath);
  }

  List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(opens());
    command.addAll(LAUNCHER_OPTIONS);
    command.add(SILENCE);
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", classPath, mainClass));
    command.addAll(arguments);
    return command;
  }

  /** What Netty opens in the JDK; of Sluice it stands in the manifest. */
  private static List<String> opens() {
    Properties properties = new Properties();
    try (InputStream file = JavaProgram.class.getResourceAsStream("jvm.properties")) {
      properties.load(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return List.of(properties.getProperty("opens").split(" "));
  }
}
