package io.sluice.broker;

import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.instance.Version;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * A RocketMQ instance inside this process: one name server and one broker, version 5.5.0, with a
 * data directory of their own. Any number can run in one JVM.
 *
 * <p>Producers can only send to topics that exist, as at a cloud instance: declare them, or {@link
 * #createTopic create} them. Consumer groups come into being when they are used. SQL filters are
 * on. Nothing is encrypted and nobody is asked for a name, so by default it listens on the loopback
 * address only.
 *
 * <p>What a producer was told to be stored survives the death of the process at any instant. The
 * loss of power may take the last half second.
 *
 * <p>The data directory holds {@code store}, {@code namesrv}, {@code logs} and a lock. Commit log
 * files are 64 MB, sparse, and kept until their newest message is older than the retention; the
 * newest file always stays.
 *
 * <p>All methods may be called from any thread.
 */
public final class IntegratedBroker implements AutoCloseable {
  private final BrokerSettings settings;
  private final RunningBroker running;

  private IntegratedBroker(BrokerSettings settings, RunningBroker running) {
    this.settings = settings;
    this.running = running;
  }

  /**
   * Settings of a broker to start.
   *
   * @param name also the name of its instance and cluster: letters, digits, {@code -}, {@code _}
   *     and {@code .}; the broker in the cluster is called {@code NAME-0}
   */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /** As given to {@link #builder}. */
  public String name() {
    return settings.name();
  }

  /** Where clients ask for routes, {@code host:port}. */
  public String nameServerAddress() {
    return running.nameServerAddress();
  }

  /** Where the messages are, {@code host:port}. Clients learn it from the name server. */
  public String brokerAddress() {
    return running.brokerAddress();
  }

  /** Its data directory, absolute. */
  public Path dataDir() {
    return settings.dataDir();
  }

  /** This broker as flows see it. */
  public Instance instance() {
    Instance.Builder instance =
        Instance.builder(settings.name())
            .version(Version.V5)
            .nameServers(List.of(nameServerAddress()));
    settings.region().ifPresent(instance::region);
    return instance.build();
  }

  /**
   * Creates a topic and waits until the name server answers with its route. A topic that exists
   * gets at least that many queues; it never loses any.
   *
   * @throws SluiceException {@code broker.topic-refused}, {@code broker.topic-type-differs} or
   *     {@code broker.not-ready}
   */
  public void createTopic(String name, int queues, TopicType type) {
    running.createTopic(new BrokerSettings.Topic(name, queues, type));
  }

  /**
   * Ends the broker, then its name server, and frees the data directory. Blocks, under 5 s.
   * Requests that are being answered are finished, others are cut. Nothing happens the second time.
   */
  @Override
  public void close() {
    running.close();
  }

  /** Settings with defaults; not thread-safe. */
  public static final class Builder {
    private static final Duration DEFAULT_RETENTION = Duration.ofHours(48);
    private static final long DEFAULT_MINIMUM_FREE_BYTES = 256L << 20;

    private final String name;
    private final List<BrokerSettings.Topic> topics = new ArrayList<>();
    private Optional<String> region = Optional.empty();
    private Path dataDir;
    private String bindAddress = "127.0.0.1";
    private int metadataPort;
    private int servicePort;
    private Duration retention = DEFAULT_RETENTION;
    private long minimumFreeBytes = DEFAULT_MINIMUM_FREE_BYTES;
    private ToLongFunction<Path> usableBytes = path -> path.toFile().getUsableSpace();

    private Builder(String name) {
      this.name = requireName(name);
      this.dataDir = Path.of("sluice-data", name);
    }

    private static String requireName(String name) {
      if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
        throw new IllegalArgumentException("not a name of a broker: " + name);
      }
      return name;
    }

    /** Where everything is kept; created when missing. Default {@code sluice-data/NAME}. */
    public Builder dataDir(Path dataDir) {
      this.dataDir = Objects.requireNonNull(dataDir);
      return this;
    }

    /**
     * Address of this machine on which to listen and which to announce to clients, by default
     * {@code 127.0.0.1}. {@code 0.0.0.0} listens everywhere and announces the first address that is
     * no loopback.
     */
    public Builder bindAddress(String bindAddress) {
      this.bindAddress = Objects.requireNonNull(bindAddress);
      return this;
    }

    /** Port of the name server; 0, the default, for a free one. */
    public Builder metadataPort(int port) {
      this.metadataPort = port;
      return this;
    }

    /** Port of the broker; 0, the default, for a free one. */
    public Builder servicePort(int port) {
      this.servicePort = port;
      return this;
    }

    /** A topic to create when it is missing, as by {@link #createTopic}. */
    public Builder topic(String name, int queues, TopicType type) {
      topics.add(new BrokerSettings.Topic(name, queues, Objects.requireNonNull(type)));
      return this;
    }

    /** How long messages are kept at least, in whole hours rounded up; 48 hours by default. */
    public Builder retention(Duration retention) {
      if (retention.isNegative() || retention.isZero()) {
        throw new IllegalArgumentException("not a retention: " + retention);
      }
      this.retention = retention;
      return this;
    }

    /** The region where it counts as standing; none by default. */
    public Builder region(String region) {
      this.region = Optional.of(region);
      return this;
    }

    /**
     * Bytes to keep free on the disk, 256 MB by default. Below, writes are refused with RocketMQ's
     * code 14, and reading goes on. To start, twice as much must be free.
     */
    public Builder minimumFreeBytes(long bytes) {
      this.minimumFreeBytes = bytes;
      return this;
    }

    /** Measures the free bytes of a folder's disk. */
    Builder usableBytes(ToLongFunction<Path> usableBytes) {
      this.usableBytes = usableBytes;
      return this;
    }

    /**
     * Starts name server and broker and waits until the name server answers with the routes of all
     * declared topics, usually a second; longer when much data is to be recovered after a crash.
     *
     * @throws SluiceException {@code broker.*}; nothing is left running
     */
    public IntegratedBroker start() {
      BrokerSettings settings =
          new BrokerSettings(
              name,
              region,
              dataDir.toAbsolutePath().normalize(),
              bindAddress,
              metadataPort,
              servicePort,
              List.copyOf(topics),
              retention,
              minimumFreeBytes,
              usableBytes);
      return new IntegratedBroker(settings, RunningBroker.start(settings));
    }
  }
}
