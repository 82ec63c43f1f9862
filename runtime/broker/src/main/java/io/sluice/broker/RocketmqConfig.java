package io.sluice.broker;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.rocketmq.auth.config.AuthConfig;
import org.apache.rocketmq.common.BrokerConfig;
import org.apache.rocketmq.common.namesrv.NamesrvConfig;
import org.apache.rocketmq.remoting.netty.NettyClientConfig;
import org.apache.rocketmq.remoting.netty.NettyServerConfig;
import org.apache.rocketmq.store.config.MessageStoreConfig;

/**
 * What an integrated broker sets differently from RocketMQ's defaults, and why. Every path lies
 * below the data directory; the defaults point into the home directory.
 */
final class RocketmqConfig {
  private static final int COMMIT_LOG_FILE_BYTES = 64 << 20;
  private static final int CONSUME_QUEUE_ENTRY_BYTES = 20;
  private static final int CONSUME_QUEUE_FILE_ENTRIES = 50_000;
  private static final int TIMER_LOG_FILE_BYTES = 16 << 20;
  private static final int INDEX_SLOTS = 500_000;
  private static final int INDEX_ENTRIES = 2_000_000;
  private static final int TIMER_FLUSH_MILLIS = 10_000;
  private static final int MAX_DELAY_SECONDS = 7 * 24 * 3600;
  private static final int CLEAN_INTERVAL_MILLIS = 60_000;
  private static final int BUSY_MILLIS = 2_000;

  private final BrokerSettings settings;
  private final DataDirectory data;
  private final String announcedHost;

  RocketmqConfig(BrokerSettings settings, DataDirectory data, String announcedHost) {
    this.settings = settings;
    this.data = data;
    this.announcedHost = announcedHost;
  }

  String nameServerAddress() {
    return announcedHost + ":" + settings.metadataPort();
  }

  String brokerAddress() {
    return announcedHost + ":" + settings.servicePort();
  }

  NamesrvConfig nameServer() {
    NamesrvConfig config = new NamesrvConfig();
    config.setRocketmqHome(data.root().toString());
    config.setKvConfigPath(data.nameServer().resolve("kvConfig.json").toString());
    config.setConfigStorePath(data.nameServer().resolve("namesrv.properties").toString());
    return config;
  }

  BrokerConfig broker() {
    BrokerConfig config = new BrokerConfig();
    // Both become names of topics, in which a dot is not allowed.
    String cluster = settings.name().replace('.', '-');
    config.setBrokerClusterName(cluster);
    config.setBrokerName(cluster + "-0");
    config.setBrokerId(0);
    settings.region().ifPresent(config::setRegionId);
    config.setRocketmqHome(data.root().toString());
    config.setBrokerConfigPath(data.store().resolve("config/broker.properties").toString());
    config.setNamesrvAddr(nameServerAddress());
    config.setBrokerIP1(announcedHost);
    config.setBrokerIP2(announcedHost);
    config.setListenPort(settings.servicePort());

    config.setAutoCreateTopicEnable(false);
    config.setClusterTopicEnable(false);
    config.setBrokerTopicEnable(false);
    config.setAutoCreateSubscriptionGroup(true);
    config.setEnablePropertyFilter(true);

    // A shared machine may be slow for a moment. Refusing too early costs a retry; later than a
    // client's own timeout (3 s), the client would not know what became of its message.
    config.setWaitTimeMillsInSendQueue(BUSY_MILLIS);

    // Sized for a machine that does other work too; RocketMQ plans for one that does not.
    config.setPullMessageThreadPoolNums(8);
    config.setLitePullMessageThreadPoolNums(8);
    config.setAckMessageThreadPoolNums(4);
    config.setProcessReplyMessageThreadPoolNums(4);
    config.setQueryMessageThreadPoolNums(4);
    config.setAdminBrokerThreadPoolNums(4);
    config.setClientManageThreadPoolNums(4);
    config.setConsumerManageThreadPoolNums(4);
    config.setLoadBalanceProcessorThreadPoolNums(4);
    config.setEndTransactionThreadPoolNums(4);
    config.setReviveQueueNum(1);
    return config;
  }

  /**
   * The store flushes to disk twice a second. What it acknowledged before survives the death of the
   * process at once, as it lies in the operating system's page cache, and the loss of power after
   * the flush.
   */
  MessageStoreConfig store() {
    MessageStoreConfig config = new MessageStoreConfig();
    Path root = data.store();
    config.setStorePathRootDir(root.toString());
    config.setStorePathCommitLog(root.resolve("commitlog").toString());
    config.setHaListenPort(0);

    // The flusher waits rather than sleeps between two flushes, so that the end wakes it.
    config.setFlushCommitLogTimed(false);

    // Small files, each still larger than the largest message (4 MB).
    config.setMappedFileSizeCommitLog(COMMIT_LOG_FILE_BYTES);
    config.setMappedFileSizeConsumeQueue(CONSUME_QUEUE_FILE_ENTRIES * CONSUME_QUEUE_ENTRY_BYTES);
    config.setMappedFileSizeTimerLog(TIMER_LOG_FILE_BYTES);
    config.setMaxHashSlotNum(INDEX_SLOTS);
    config.setMaxIndexNum(INDEX_ENTRIES);
    config.setEnableCompaction(false);

    // Delayed messages, and the retries of consumers that pop, come from the timer wheel: 37 MB
    // that
    // are compared with their file, byte by byte, whenever they are flushed.
    config.setTimerWheelEnable(true);
    config.setTimerFlushIntervalMs(TIMER_FLUSH_MILLIS);
    config.setTimerMaxDelaySec(MAX_DELAY_SECONDS);
    config.setTimerGetMessageThreadNum(1);
    config.setTimerPutMessageThreadNum(1);

    config.setFileReservedTime(Math.max(1, Math.toIntExact(ceilHours())));
    config.setDeleteWhen(everyHour());
    config.setCleanResourceInterval(CLEAN_INTERVAL_MILLIS);
    // Never deletes what is not expired; FreeSpace refuses writes instead.
    config.setCleanFileForciblyEnable(false);
    config.setOsPageCacheBusyTimeOutMills(BUSY_MILLIS);
    return config;
  }

  private long ceilHours() {
    return settings.retention().plusHours(1).minusNanos(1).toHours();
  }

  private static String everyHour() {
    return IntStream.range(0, 24).mapToObj(Integer::toString).collect(Collectors.joining(";"));
  }

  NettyServerConfig server(int port) {
    NettyServerConfig config = new NettyServerConfig();
    config.setBindAddress(settings.bindAddress());
    config.setListenPort(port);
    return config;
  }

  /** How the broker talks to the name server. */
  NettyClientConfig client() {
    NettyClientConfig config = new NettyClientConfig();
    config.setUseTLS(false);
    return config;
  }

  /** How the name server talks to controllers, of which there are none. */
  NettyClientConfig nameServerClient() {
    NettyClientConfig config = client();
    // It would look for itself, forever, on an address on which it need not listen.
    config.setScanAvailableNameSrv(false);
    return config;
  }

  AuthConfig auth() {
    AuthConfig config = new AuthConfig();
    config.setConfigName(broker().getBrokerName());
    config.setClusterName(broker().getBrokerClusterName());
    config.setAuthConfigPath(data.root().resolve("auth").toString());
    return config;
  }
}
