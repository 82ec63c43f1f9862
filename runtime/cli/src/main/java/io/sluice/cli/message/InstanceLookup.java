package io.sluice.cli.message;

import io.sluice.cli.CommandError;
import io.sluice.cli.run.BrokerEndpoint;
import io.sluice.flows.model.BrokerSpec;
import io.sluice.flows.model.FlowModel;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Instance;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the instance that a name or an address stands for: an address of name servers, an
 * integrated broker that a run serves at the moment, or an instance of the flow files.
 */
public final class InstanceLookup {
  private static final Pattern ADDRESSES =
      Pattern.compile("[^\\s:;,]+:\\d{1,5}([;,][^\\s:;,]+:\\d{1,5})*");

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");
  private static final int CONNECT_MILLIS = 1_000;

  private final Path brokers;
  private final Supplier<FlowModel> flows;

  /**
   * @param brokers where runs leave the endpoints of their integrated brokers
   * @param flows loads the flow files; asked only if it is needed
   */
  public InstanceLookup(Path brokers, Supplier<FlowModel> flows) {
    this.brokers = brokers;
    this.flows = flows;
  }

  /** Whether it is taken for addresses of name servers, not for a name. */
  public static boolean isAddress(String nameOrAddress) {
    return ADDRESSES.matcher(nameOrAddress).matches();
  }

  /**
   * The instance. Blocks for at most about a second, to see whether an integrated broker answers.
   *
   * @throws SluiceException if there is none, or it is an integrated broker that does not run
   */
  public Instance find(String nameOrAddress) {
    if (isAddress(nameOrAddress)) {
      return instance(nameOrAddress, Arrays.asList(nameOrAddress.split("[;,]")));
    }
    FlowModel model = flows.get();
    Optional<Instance> declared =
        model.instances().stream().filter(i -> i.name().equals(nameOrAddress)).findFirst();
    return declared.orElseGet(() -> integratedBroker(nameOrAddress, model));
  }

  private Instance integratedBroker(String name, FlowModel model) {
    Optional<BrokerSpec> spec =
        model.brokers().stream().filter(b -> b.name().equals(name)).findFirst();
    Optional<String> written =
        NAME.matcher(name).matches()
            ? BrokerEndpoint.read(brokers, name).map(BrokerEndpoint::nameServer)
            : Optional.empty();
    Optional<String> address =
        Stream.concat(written.stream(), spec.flatMap(InstanceLookup::fixedAddress).stream())
            .filter(InstanceLookup::answers)
            .findFirst();
    if (address.isPresent()) {
      return instance(name, List.of(address.get()));
    }
    if (written.isEmpty() && spec.isEmpty()) {
      throw unknown(name, model);
    }
    throw new SluiceException(
        CommandError.BROKER_NOT_RUNNING,
        "The integrated broker " + name + " is not running.",
        new Location.Named(name));
  }

  private static Optional<String> fixedAddress(BrokerSpec spec) {
    boolean everywhere = spec.bindAddress().equals("0.0.0.0");
    return spec.metadataPort() == 0
        ? Optional.empty()
        : Optional.of((everywhere ? "127.0.0.1" : spec.bindAddress()) + ":" + spec.metadataPort());
  }

  private static boolean answers(String address) {
    int colon = address.lastIndexOf(':');
    try (Socket socket = new Socket()) {
      String host = address.substring(0, colon);
      int port = Integer.parseInt(address.substring(colon + 1));
      socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static Instance instance(String name, List<String> nameServers) {
    return Instance.builder(name).nameServers(nameServers).build();
  }

  private static SluiceException unknown(String name, FlowModel model) {
    List<String> known =
        Stream.concat(
                model.instances().stream().map(Instance::name),
                model.brokers().stream().map(BrokerSpec::name))
            .sorted()
            .toList();
    String there =
        known.isEmpty()
            ? "The flow files declare none. "
            : "There are " + String.join(", ", known) + ". ";
    return new SluiceException(
        CommandError.UNKNOWN_INSTANCE,
        "There is no instance or broker " + name + ".",
        new Location.Named(name),
        there + CommandError.UNKNOWN_INSTANCE.remedy(),
        null);
  }
}
