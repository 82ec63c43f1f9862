package io.sluice.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * Where Sluice and its libraries log: a run into {@code logs/sluice.log} of its data directory,
 * everything else to standard error. Nothing ever to standard output.
 *
 * <p>Logback finds this class through its service file.
 */
public final class Logging extends ContextAwareBase implements Configurator {
  private static final String ROCKETMQ_LOGS = "rmq.logback.configurationFile";
  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX, UTC} %-5level [%thread] %logger{30} - %msg%n";
  private static final String FILE_SIZE = "10MB";
  private static final int OLD_FILES = 5;

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    apply(context, console(context), false);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /**
   * Keeps the Logback that RocketMQ carries along from writing to the home directory. Must run
   * before the first class of RocketMQ is loaded; a setting from outside stays.
   */
  static void silenceRocketMq() {
    System.getProperties().putIfAbsent(ROCKETMQ_LOGS, "io/sluice/cli/rocketmq-silence.xml");
  }

  /** Logs to standard error: what is wrong, or with {@code debug} what is going on as well. */
  static void toStandardError(boolean debug) {
    context().ifPresent(context -> apply(context, console(context), debug));
  }

  /** Logs into a folder from now on, RocketMQ's client as well unless it is loaded already. */
  static void into(Path folder) {
    System.setProperty("sluice.logs", folder.toString());
    System.getProperties()
        .replace(
            ROCKETMQ_LOGS, "io/sluice/cli/rocketmq-silence.xml", "io/sluice/cli/rocketmq-logs.xml");
    context().ifPresent(context -> apply(context, file(context, folder), true));
  }

  /** Empty where the command is a guest and logging is its host's affair. */
  private static Optional<LoggerContext> context() {
    return LoggerFactory.getILoggerFactory() instanceof LoggerContext context
        ? Optional.of(context)
        : Optional.empty();
  }

  private static void apply(
      LoggerContext context, Appender<ILoggingEvent> appender, boolean detailed) {
    ch.qos.logback.classic.Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.detachAndStopAllAppenders();
    root.addAppender(appender);
    root.setLevel(detailed ? Level.WARN : Level.ERROR);
    context.getLogger("io.sluice").setLevel(detailed ? Level.INFO : Level.WARN);
  }

  private static Appender<ILoggingEvent> console(LoggerContext context) {
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(encoder(context));
    appender.start();
    return appender;
  }

  private static Appender<ILoggingEvent> file(LoggerContext context, Path folder) {
    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    appender.setContext(context);
    appender.setFile(folder.resolve("sluice.log").toString());
    appender.setEncoder(encoder(context));
    FixedWindowRollingPolicy rolling = new FixedWindowRollingPolicy();
    rolling.setContext(context);
    rolling.setParent(appender);
    rolling.setFileNamePattern(folder.resolve("sluice.%i.log").toString());
    rolling.setMaxIndex(OLD_FILES);
    rolling.start();
    SizeBasedTriggeringPolicy<ILoggingEvent> trigger = new SizeBasedTriggeringPolicy<>();
    trigger.setContext(context);
    trigger.setMaxFileSize(FileSize.valueOf(FILE_SIZE));
    trigger.start();
    appender.setRollingPolicy(rolling);
    appender.setTriggeringPolicy(trigger);
    appender.start();
    return appender;
  }

  private static PatternLayoutEncoder encoder(LoggerContext context) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(PATTERN);
    encoder.start();
    return encoder;
  }
}
