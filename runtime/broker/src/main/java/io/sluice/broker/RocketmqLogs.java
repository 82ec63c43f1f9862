package io.sluice.broker;

import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.rocketmq.logging.ch.qos.logback.classic.ClassicConstants;
import org.apache.rocketmq.logging.ch.qos.logback.classic.LoggerContext;
import org.apache.rocketmq.logging.ch.qos.logback.classic.joran.JoranConfigurator;
import org.apache.rocketmq.logging.ch.qos.logback.core.joran.spi.JoranException;
import org.apache.rocketmq.logging.org.slf4j.LoggerFactory;

/**
 * Where RocketMQ's own log goes: {@code rocketmq.log} in one directory per process, that of the
 * broker that has been running longest.
 *
 * <p>RocketMQ carries a Logback of its own, apart from the application's, which by default writes
 * to the console and the home directory. It has one configuration per process; this replaces it,
 * also when RocketMQ's client has already loaded another.
 */
final class RocketmqLogs {
  private static final String CONFIGURATION = "rocketmq-logs.xml";
  private static final String SILENCE = "rocketmq-silence.xml";

  private static final List<Path> directories = new ArrayList<>();

  private RocketmqLogs() {}

  /**
   * Keeps RocketMQ silent until the first broker begins, unless somebody has configured its log.
   */
  static void prepare() {
    if (System.getProperty(ClassicConstants.CONFIG_FILE_PROPERTY) == null) {
      System.setProperty(ClassicConstants.CONFIG_FILE_PROPERTY, resource(SILENCE).toString());
    }
  }

  /** A broker with this directory begins. */
  static synchronized void enter(Path directory) {
    directories.add(directory);
    if (directories.size() == 1) {
      configure(CONFIGURATION, directory);
    }
  }

  /** The broker with this directory has ended. */
  static synchronized void leave(Path directory) {
    boolean inUse = directories.indexOf(directory) == 0;
    directories.remove(directory);
    if (directories.isEmpty()) {
      configure(SILENCE, directory);
    } else if (inUse) {
      configure(CONFIGURATION, directories.get(0));
    }
  }

  private static void configure(String resource, Path directory) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    context.putProperty("sluice.logs", directory.toString());
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    try {
      configurator.doConfigure(resource(resource));
    } catch (JoranException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static URL resource(String name) {
    return Objects.requireNonNull(RocketmqLogs.class.getResource(name));
  }
}
