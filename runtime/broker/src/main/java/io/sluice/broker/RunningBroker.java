package io.sluice.broker;

import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.net.BindException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What a running broker holds, taken in order and given back in reverse. */
final class RunningBroker implements AutoCloseable {
  private static final int FREE_PORT_ATTEMPTS = 5;
  private static final long THREADS_END_MILLIS = 4_000;

  /** RocketMQ fills sets of the whole JVM while it starts, without locks. */
  private static final Object starting = new Object();

  private final BrokerSettings settings;
  private final DataDirectory data;
  private final RocketmqConfig config;
  private final BrokerThreads threads;
  private final AtomicBoolean closed = new AtomicBoolean();
  private @Nullable NameServer nameServer;
  private @Nullable Controller controller;

  private RunningBroker(BrokerSettings settings, DataDirectory data, RocketmqConfig config) {
    this.settings = settings;
    this.data = data;
    this.config = config;
    this.threads = new BrokerThreads(settings.name());
  }

  static RunningBroker start(BrokerSettings settings) {
    RocketmqJvm.prepare();
    DataDirectory data = DataDirectory.open(settings.dataDir());
    try {
      FreeSpace.require(data.root(), settings.minimumFreeBytes(), settings.usableBytes());
      return start(settings, data, Ports.of(settings.name(), settings.bindAddress()));
    } catch (RuntimeException failure) {
      data.close();
      throw failure;
    }
  }

  private static RunningBroker start(BrokerSettings settings, DataDirectory data, Ports ports) {
    boolean chosen = settings.metadataPort() != 0 && settings.servicePort() != 0;
    for (int attempt = 1; ; attempt++) {
      BrokerSettings resolved =
          settings.withPorts(
              ports.free(settings.metadataPort(), "metadata"),
              ports.free(settings.servicePort(), "service"));
      try {
        return start(resolved, data, new RocketmqConfig(resolved, data, ports.announcedHost()));
      } catch (SluiceException failure) {
        // Somebody else may take a free port before it is bound again.
        if (failure.code() != BrokerError.PORT_IN_USE || chosen || attempt == FREE_PORT_ATTEMPTS) {
          throw failure;
        }
      }
    }
  }

  private static RunningBroker start(
      BrokerSettings settings, DataDirectory data, RocketmqConfig config) {
    RunningBroker broker = new RunningBroker(settings, data, config);
    RocketmqLogs.enter(data.logs());
    try {
      return broker.threads.call("start", broker::open);
    } catch (Exception failure) {
      broker.release();
      throw explain(failure, settings, data);
    }
  }

  private RunningBroker open() throws Exception {
    synchronized (starting) {
      nameServer = NameServer.create(config, settings.metadataPort());
      nameServer.start();
      controller = new Controller(settings, config);
      controller.open();
      return this;
    }
  }

  /** Gives back what was taken, as far as that went. The data directory stays taken. */
  private void release() {
    ShutdownNaps naps = ShutdownNaps.cutShort(threads);
    if (controller != null) {
      threads.run(ShutdownNaps.STOPPING_THREAD, controller::stop);
    }
    if (nameServer != null) {
      threads.run(ShutdownNaps.STOPPING_THREAD, nameServer::close);
    }
    naps.close();
    threads.awaitEnd(THREADS_END_MILLIS);
    RocketmqLogs.leave(data.logs());
  }

  private static SluiceException explain(
      Exception failure, BrokerSettings settings, DataDirectory data) {
    if (failure instanceof SluiceException explained) {
      return explained;
    }
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return new SluiceException(
            BrokerError.PORT_IN_USE,
            "Port %d or %d of broker %s is in use"
                .formatted(settings.metadataPort(), settings.servicePort(), settings.name()),
            new Location.Named(settings.bindAddress()),
            BrokerError.PORT_IN_USE.remedy(),
            failure);
      }
    }
    return new SluiceException(
        BrokerError.START_FAILED,
        "Broker %s does not start: %s".formatted(settings.name(), failure),
        new Location.Named(data.root().toString()),
        BrokerError.START_FAILED.remedy(),
        failure);
  }

  String nameServerAddress() {
    return config.nameServerAddress();
  }

  String brokerAddress() {
    return config.brokerAddress();
  }

  void createTopic(BrokerSettings.Topic topic) {
    Controller running = controller;
    if (running == null || closed.get()) {
      throw new IllegalStateException("broker " + settings.name() + " is closed");
    }
    try {
      threads.call("create-topic", () -> running.createTopic(topic));
    } catch (SluiceException refused) {
      throw refused;
    } catch (Exception failure) {
      throw new SluiceException(
          BrokerError.NOT_READY,
          "Topic %s is not created: %s".formatted(topic.name(), failure),
          new Location.Named("broker " + settings.name()),
          BrokerError.NOT_READY.remedy(),
          failure);
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      release();
      data.close();
    }
  }
}
