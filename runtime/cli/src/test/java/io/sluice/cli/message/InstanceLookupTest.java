package io.sluice.cli.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cli.CommandError;
import io.sluice.flows.model.BrokerSpec;
import io.sluice.flows.model.FlowModel;
import io.sluice.sdk.error.ErrorCode;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.instance.Network;
import io.sluice.sdk.instance.Version;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceLookupTest {
  private static final Instance DECLARED =
      Instance.builder("hangzhou")
          .version(Version.V5)
          .network(Network.PUBLIC)
          .nameServers(List.of("10.0.0.1:9876"))
          .build();

  @TempDir private Path brokers;

  @Test
  void anAddressStandsForItself() {
    Instance instance =
        new InstanceLookup(
                brokers,
                () -> {
                  throw new AssertionError("needs no flow files");
                })
            .find("10.0.0.1:9876;10.0.0.2:9876");
    assertThat(instance.nameServers()).containsExactly("10.0.0.1:9876", "10.0.0.2:9876");
  }

  @Test
  void aDeclaredInstanceIsTakenAsDeclared() {
    assertThat(lookup(0).find("hangzhou")).isEqualTo(DECLARED);
  }

  @Test
  void aRunningBrokerIsFoundWhereItsRunSays() throws IOException {
    try (ServerSocket server = listen()) {
      leaveEndpoint(server);
      assertThat(lookup(0).find("qingdao").nameServers()).containsExactly(address(server));
    }
  }

  @Test
  void aRunningBrokerIsFoundWithoutFlowFiles() throws IOException {
    try (ServerSocket server = listen()) {
      leaveEndpoint(server);
      InstanceLookup lookup =
          new InstanceLookup(
              brokers, () -> new FlowModel(List.of(), List.of(), List.of(), List.of()));
      assertThat(lookup.find("qingdao").nameServers()).containsExactly(address(server));
    }
  }

  @Test
  void aRunningBrokerIsFoundAtItsFixedPort() throws IOException {
    try (ServerSocket server = listen()) {
      assertThat(lookup(server.getLocalPort()).find("qingdao").nameServers())
          .containsExactly(address(server));
    }
  }

  @Test
  void aBrokerThatIsGoneIsNotRunningWhateverItLeft() throws IOException {
    try (ServerSocket server = listen()) {
      leaveEndpoint(server);
    }
    assertThat(failure("qingdao")).isEqualTo(CommandError.BROKER_NOT_RUNNING);
  }

  @Test
  void aBrokerThatNeverRanIsNotRunning() {
    assertThat(failure("qingdao")).isEqualTo(CommandError.BROKER_NOT_RUNNING);
  }

  @Test
  void anUnknownNameIsAnsweredWithTheKnownOnes() {
    assertThat(failure("../etc")).isEqualTo(CommandError.UNKNOWN_INSTANCE);
    assertThatThrownBy(() -> lookup(0).find("singapura"))
        .isInstanceOfSatisfying(
            SluiceException.class,
            error -> assertThat(error.suggestion()).startsWith("There are hangzhou, qingdao. "));
  }

  private ErrorCode failure(String name) {
    try {
      throw new AssertionError("found " + lookup(0).find(name));
    } catch (SluiceException e) {
      return e.code();
    }
  }

  private InstanceLookup lookup(int port) {
    BrokerSpec broker =
        new BrokerSpec(
            "qingdao",
            Optional.empty(),
            Optional.empty(),
            "127.0.0.1",
            port,
            0,
            List.of(),
            Duration.ofHours(48),
            Location.NONE);
    FlowModel model = new FlowModel(List.of(DECLARED), List.of(broker), List.of(), List.of());
    return new InstanceLookup(brokers, () -> model);
  }

  private void leaveEndpoint(ServerSocket server) throws IOException {
    Files.createDirectories(brokers.resolve("qingdao"));
    Files.writeString(
        brokers.resolve("qingdao").resolve("endpoint.json"),
        "{\"name\": \"qingdao\", \"nameServer\": \"" + address(server) + "\"}");
  }

  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private static String address(ServerSocket server) {
    return "127.0.0.1:" + server.getLocalPort();
  }
}
