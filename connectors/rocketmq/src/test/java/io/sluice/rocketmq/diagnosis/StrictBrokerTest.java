package io.sluice.rocketmq.diagnosis;

import static io.sluice.rocketmq.diagnosis.Diagnosis.reading;
import static io.sluice.rocketmq.diagnosis.Diagnosis.readingSql;

import io.sluice.rocketmq.transport.Reach;
import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.instance.Version;
import io.sluice.testkit.ReleasedProxy;
import io.sluice.testkit.ReleasedServers;
import io.sluice.testkit.ServerSecurity;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Brokers that neither create groups nor evaluate SQL. */
class StrictBrokerTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"4.8.0", "5.5.0"})
  void aMissingGroupAndAMissingFilterAreFound(String version) {
    Map<String, String> strict =
        Map.of("autoCreateSubscriptionGroup", "false", "enablePropertyFilter", "false");
    try (ReleasedServers servers = ReleasedServers.start(version, "strict", folder, strict)) {
      servers.createTopic("orders", 1);
      Instance instance =
          Instance.builder("strict")
              .version(version.startsWith("4") ? Version.V4 : Version.V5)
              .nameServers(List.of(servers.nameServer()))
              .build();

      Diagnosis.of(instance, reading("orders", "GID_missing"))
          .hasOneFault("group", "rocketmq.group-missing", "Create the group");
      Diagnosis.of(instance, readingSql("orders", "TOOLS_CONSUMER"))
          .hasOneFault("SQL filter", "rocketmq.sql-filter-disabled", "enablePropertyFilter=true");
    }
  }

  @Test
  void aMissingGroupIsFoundByGrpc() {
    Map<String, String> strict = Map.of("autoCreateSubscriptionGroup", "false");
    try (ReleasedServers servers =
            ReleasedServers.start("5.5.0", "strict", folder.resolve("servers"), strict);
        ReleasedProxy proxy =
            ReleasedProxy.start(
                servers, "strict", folder.resolve("proxy"), ServerSecurity.none())) {
      servers.createTopic("orders", 1);
      servers.groups().createOrdered("GID_there");
      Instance instance = Reach.plaintext(proxy.grpcAddress()).proxied();

      Diagnosis.of(instance, reading("orders", "GID_missing"))
          .hasOneFault("group", "rocketmq.group-missing", "Create the group");
      Diagnosis.of(instance, reading("orders", "GID_there")).isHealthyBut("clock");
    }
  }
}
