package io.sluice.testkit;

/** What RocketMQ's own Logback writes to, within a test's JVM. */
final class RocketmqLogs {
  private static final String CONFIGURATION = "rmq.logback.configurationFile";

  private RocketmqLogs() {}

  /**
   * Keeps it from the console and the home directory, unless somebody has told it otherwise. To be
   * called before any class of RocketMQ is used that logs.
   */
  static void silence() {
    if (System.getProperty(CONFIGURATION) == null) {
      System.setProperty(
          CONFIGURATION, String.valueOf(RocketmqLogs.class.getResource("rocketmq-silence.xml")));
    }
  }
}
