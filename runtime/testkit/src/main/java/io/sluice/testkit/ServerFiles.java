package io.sluice.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The directory of a name server and a broker: configuration, store and logs. */
record ServerFiles(Path home) {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String LOGS =
      """
      <configuration>
        <appender name="output" class="ch.qos.logback.core.ConsoleAppender">
          <encoder>
            <pattern>%d %-5p [%t] %c{0}: %m%n</pattern>
          </encoder>
        </appender>
        <root level="WARN">
          <appender-ref ref="output"/>
        </root>
      </configuration>
      """;

  /** Creates what servers of any version look for. */
  static ServerFiles create(Path directory) {
    ServerFiles files = new ServerFiles(directory.toAbsolutePath().normalize());
    for (String name : new String[] {"logback_namesrv.xml", "logback_broker.xml"}) {
      files.write("conf/" + name, LOGS); // where 4.x finds it
    }
    return files;
  }

  /** How TLS is spoken: all but the mode, which the servers take from a system property only. */
  Path tls(ServerSecurity security) {
    return write("conf/tls.properties", security.tlsProperties());
  }

  /** Who may do what, where 4.x finds it. */
  void accounts(ServerSecurity security) {
    write("conf/plain_acl.yml", ServerAccounts.plainAcl(security));
  }

  /** The log configuration of the copy of Logback that 5.x carries in its own packages. */
  Path shadedLogs() {
    return write(
        "conf/logback-5.xml", LOGS.replace("\"ch.qos.", "\"org.apache.rocketmq.logging.ch.qos."));
  }

  Path log(String server) {
    return home.resolve(server + ".log");
  }

  /** What the broker stores. */
  Path store() {
    return home.resolve("store");
  }

  /**
   * @param more further properties of the name server
   */
  Path nameServer(int port, Map<String, String> more) {
    Map<String, String> properties = new TreeMap<>(more);
    properties.put("bindAddress", LOOPBACK);
    properties.put("listenPort", Integer.toString(port));
    properties.put("kvConfigPath", home.resolve("name-server/kvConfig.json").toString());
    properties.put("configStorePath", home.resolve("name-server/namesrv.properties").toString());
    return write("conf/name-server.properties", properties);
  }

  /**
   * @param overrides replace or add properties of the broker, among them its names
   */
  Path broker(int port, Map<String, String> overrides) {
    Path store = store();
    Map<String, String> properties = new TreeMap<>();
    properties.put("brokerId", "0");
    properties.put("brokerIP1", LOOPBACK);
    properties.put("brokerIP2", LOOPBACK);
    properties.put("bindAddress", LOOPBACK);
    properties.put("listenPort", Integer.toString(port));
    properties.put("haListenPort", Integer.toString(port + 1));
    properties.put("storePathRootDir", store.toString());
    properties.put("storePathCommitLog", store.resolve("commitlog").toString());
    properties.put("mappedFileSizeCommitLog", Integer.toString(64 << 20));
    properties.put("mappedFileSizeConsumeQueue", Integer.toString(50_000 * 20));
    properties.put("maxHashSlotNum", "500000");
    properties.put("maxIndexNum", "2000000");
    properties.put("autoCreateTopicEnable", "false");
    properties.put("enablePropertyFilter", "true");
    properties.put("enableMixedMessageType", "true");
    // Several servers and a build share the machine: waiting is normal, not a reason to refuse.
    properties.put("waitTimeMillsInSendQueue", "5000");
    properties.put("osPageCacheBusyTimeOutMills", "5000");
    properties.put("diskMaxUsedSpaceRatio", "95");
    properties.putAll(overrides);
    return write("conf/broker.properties", properties);
  }

  /** The configuration of a proxy: JSON, in which numbers and booleans may be texts. */
  Path proxy(Map<String, String> properties) {
    return write(
        "conf/rmq-proxy.json",
        new TreeMap<>(properties)
            .entrySet().stream()
                .map(property -> quoted(property.getKey()) + ": " + quoted(property.getValue()))
                .collect(Collectors.joining(",\n", "{\n", "\n}\n")));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private Path write(String file, Map<String, String> properties) {
    return write(
        file,
        new TreeMap<>(properties)
            .entrySet().stream()
                .map(property -> property.getKey() + "=" + property.getValue() + "\n")
                .collect(Collectors.joining()));
  }

  private Path write(String file, String text) {
    try {
      Path path = home.resolve(file);
      Files.createDirectories(path.getParent());
      return Files.writeString(path, text);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
