package io.sluice.cli.run;

import io.sluice.broker.IntegratedBroker;
import io.sluice.broker.TopicType;
import io.sluice.cli.CommandError;
import io.sluice.flows.model.BrokerSpec;
import io.sluice.flows.model.TopicSpec;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** The integrated brokers of a run. They start and stop side by side. */
final class IntegratedBrokers implements AutoCloseable {
  private final Path folder;
  private final Executor executor;
  private final List<IntegratedBroker> brokers;

  private IntegratedBrokers(Path folder, Executor executor, List<IntegratedBroker> brokers) {
    this.folder = folder;
    this.executor = executor;
    this.brokers = List.copyOf(brokers);
  }

  /**
   * Starts all of them and waits until they answer.
   *
   * @param folder where those without a data directory of their own have theirs, and where all
   *     leave their endpoints
   * @param executor runs one task per broker at a time
   * @throws SluiceException if one does not start; then none is left running
   */
  static IntegratedBrokers start(List<BrokerSpec> specs, Path folder, Executor executor) {
    List<CompletableFuture<IntegratedBroker>> starts =
        specs.stream()
            .map(spec -> CompletableFuture.supplyAsync(() -> start(spec, folder), executor))
            .toList();
    List<IntegratedBroker> started = new ArrayList<>();
    Optional<Throwable> failure = Optional.empty();
    for (CompletableFuture<IntegratedBroker> start : starts) {
      try {
        started.add(start.join());
      } catch (CompletionException e) {
        failure = failure.or(() -> Optional.of(e.getCause()));
      }
    }
    IntegratedBrokers brokers = new IntegratedBrokers(folder, executor, started);
    if (failure.isPresent()) {
      brokers.close();
      throw failure.get() instanceof SluiceException known
          ? known
          : new IllegalStateException(failure.get());
    }
    return brokers;
  }

  private static IntegratedBroker start(BrokerSpec spec, Path folder) {
    IntegratedBroker.Builder builder =
        IntegratedBroker.builder(spec.name())
            .dataDir(spec.dataDir().orElse(folder.resolve(spec.name()).resolve("data")))
            .bindAddress(spec.bindAddress())
            .metadataPort(spec.metadataPort())
            .servicePort(spec.servicePort())
            .retention(spec.retention());
    spec.region().ifPresent(builder::region);
    for (TopicSpec topic : spec.topics()) {
      builder.topic(topic.name(), topic.queues(), TopicType.valueOf(topic.type().name()));
    }
    IntegratedBroker broker = builder.start();
    try {
      endpoint(broker).write(folder);
      return broker;
    } catch (IOException e) {
      broker.close();
      throw new SluiceException(
          CommandError.DATA_DIRECTORY_UNUSABLE,
          "The endpoint of broker " + spec.name() + " cannot be written: " + e.getMessage() + ".",
          new Location.Named(folder.toString()),
          CommandError.DATA_DIRECTORY_UNUSABLE.remedy(),
          e);
    }
  }

  private static BrokerEndpoint endpoint(IntegratedBroker broker) {
    return new BrokerEndpoint(broker.name(), broker.nameServerAddress(), broker.brokerAddress());
  }

  /** Those that run. */
  List<IntegratedBroker> all() {
    return brokers;
  }

  @Override
  public void close() {
    CompletableFuture.allOf(
            brokers.stream()
                .map(broker -> CompletableFuture.runAsync(() -> stop(broker), executor))
                .toArray(CompletableFuture<?>[]::new))
        .join();
  }

  private void stop(IntegratedBroker broker) {
    try {
      endpoint(broker).remove(folder);
    } catch (IOException e) {
      // Stale: whoever reads it finds that nobody listens there.
    }
    broker.close();
  }
}
