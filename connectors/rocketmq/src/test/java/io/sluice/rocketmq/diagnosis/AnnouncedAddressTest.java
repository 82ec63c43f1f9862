package io.sluice.rocketmq.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.instance.Network;
import io.sluice.testkit.ReleasedServers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker announces an address at which it does not listen. */
class AnnouncedAddressTest {
  @TempDir Path folder;

  @Test
  void thatIsAPrivateAddressForThePublicAndAClosedPortForOthers() {
    try (ReleasedServers servers =
        ReleasedServers.start("5.5.0", "elsewhere", folder, Map.of("brokerIP1", "127.0.0.2"))) {
      Diagnosis inPublic = Diagnosis.of(instance(servers, Network.PUBLIC));
      inPublic.hasOneFault(
          "broker address",
          "rocketmq.private-address",
          "brokerIP1",
          "public access",
          "network: private");
      assertThat(inPublic.whyNot("service port")).isEqualTo("broker address failed");

      String port = servers.brokerAddress().substring("127.0.0.1:".length());
      Diagnosis.of(instance(servers, Network.PRIVATE))
          .hasOneFault(
              "service port",
              "rocketmq.unreachable",
              "inbound, TCP, port " + port,
              "port 10100-10199 for private access to service nodes");
    }
  }

  private static Instance instance(ReleasedServers servers, Network network) {
    return Instance.builder("elsewhere")
        .network(network)
        .nameServers(List.of(servers.nameServer()))
        .build();
  }
}
