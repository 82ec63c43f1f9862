package io.sluice.flows;

import io.sluice.flows.fake.FakeGenerator;
import io.sluice.flows.fake.FakeRocketMq;
import io.sluice.sdk.connector.Connector;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Loads files of the test tree with the fake connectors. */
public final class Loading {
  public static final List<Connector> CONNECTORS = List.of(new FakeRocketMq(), new FakeGenerator());

  private Loading() {}

  /** A file or folder among the resources of this package. */
  public static Path resource(String name) {
    try {
      return Path.of(Objects.requireNonNull(Loading.class.getResource(name), name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  public static LoadedFlows load(Map<String, String> environment, Path... paths) {
    return new FlowLoader(CONNECTORS, name -> Optional.ofNullable(environment.get(name)))
        .load(List.of(paths));
  }

  /** Loads a path with the tests beside it. */
  public static LoadedFlows loadWithTests(Path path) {
    return new FlowLoader(CONNECTORS, name -> Optional.empty()).loadWithTests(List.of(path));
  }
}
