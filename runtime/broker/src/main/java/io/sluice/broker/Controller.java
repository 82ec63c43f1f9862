package io.sluice.broker;

import io.sluice.broker.BrokerSettings.Topic;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.transaction.TransactionMetricsFlushService;
import org.apache.rocketmq.common.ServiceThread;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.common.topic.TopicValidator;
import org.apache.rocketmq.remoting.RemotingClient;
import org.apache.rocketmq.remoting.netty.NettyRemotingServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** RocketMQ's broker with one listener, a guarded disk, and an orderly, quick end. */
final class Controller extends BrokerController {
  private static final Logger log = LoggerFactory.getLogger(Controller.class);
  private static final long READY_MILLIS = 60_000;
  private static final long SETTLE_MILLIS = 2_000;
  private static final long POLL_MILLIS = 10;
  private static final long METRICS_SECONDS = 10;

  private final BrokerSettings settings;
  private final Topics topics;
  private boolean started;
  private boolean unregistered;

  Controller(BrokerSettings settings, RocketmqConfig config) {
    super(
        config.broker(),
        config.server(settings.servicePort()),
        config.client(),
        config.store(),
        config.auth());
    this.settings = settings;
    this.topics = new Topics(this);
  }

  /** Blocks until the name server answers with all routes. Whatever comes of it, end with stop. */
  void open() throws Exception {
    if (!initialize()) {
      throw new IOException("RocketMQ cannot load its store");
    }
    flushTransactionMetrics();
    List<String> names = declareTopics();
    start();
    started = true;
    topics.awaitRoutes(names, READY_MILLIS);
  }

  /** RocketMQ's own service spins, a core for itself, until its first ten seconds are over. */
  private void flushTransactionMetrics() {
    Leftovers.owned(this, TransactionMetricsFlushService.class).forEach(ServiceThread::shutdown);
    scheduledExecutorService.scheduleWithFixedDelay(
        () -> getTransactionalMessageService().getTransactionMetrics().persist(),
        METRICS_SECONDS,
        METRICS_SECONDS,
        TimeUnit.SECONDS);
  }

  private List<String> declareTopics() {
    return Stream.concat(
            settings.topics().stream().map(topics::put).map(TopicConfig::getTopicName),
            Stream.of(TopicValidator.RMQ_SYS_SELF_TEST_TOPIC))
        .toList();
  }

  /** Blocks until the name server answers with the route. */
  synchronized TopicConfig createTopic(Topic topic) throws InterruptedException {
    TopicConfig config = topics.put(topic);
    topics.register(config);
    topics.awaitRoutes(List.of(topic.name()), READY_MILLIS);
    return config;
  }

  /**
   * The store opens a RocksDB, though nothing here uses it, and that one writes a log below the
   * home directory unless it is told of another home.
   */
  @Override
  public boolean initializeMessageStore() {
    String home = System.setProperty("user.home", settings.dataDir().toString());
    try {
      return super.initializeMessageStore();
    } finally {
      System.setProperty("user.home", home);
    }
  }

  @Override
  protected void initializeRemotingServer() {
    NettyRemotingServer server =
        new NettyRemotingServer(getNettyServerConfig(), clientHousekeepingService);
    server.setRemotingMetricsManager(brokerMetricsManager.getRemotingMetricsManager());
    remotingServerMap.put(TCP_REMOTING_SERVER, server);
    remotingServerMap.put(FAST_REMOTING_SERVER, new SilentServer(getNettyServerConfig()));
  }

  @Override
  public void registerMessageStoreHook() {
    super.registerMessageStoreHook();
    FreeSpace freeSpace =
        new FreeSpace(
            settings.dataDir(),
            settings.minimumFreeBytes(),
            settings.usableBytes(),
            getMessageStore().getRunningFlags());
    getMessageStore().getPutMessageHookList().add(0, freeSpace);
  }

  /**
   * Ends the broker: takes no more requests, finishes what is being stored, indexes what is stored,
   * and only then ends the store, which so is known to be whole when it is opened again.
   */
  void stop() throws InterruptedException {
    if (started) {
      unregisterBrokerAll();
    }
    unregistered = true;
    endRemoting();
    // Otherwise it looks for pops that nobody acknowledged, for another four seconds.
    ackMessageProcessor.setPopReviveServiceStatus(false);
    // Otherwise it waits until each level's next look, which then does nothing, has come.
    Leftovers.dropDelayedTasks(scheduleMessageService);
    if (started) {
      settle();
      // RocketMQ's own guard may have set it by percent, and a store with the flag ends as broken.
      getMessageStore().getRunningFlags().getAndMakeDiskOK();
    }
    shutdown();
  }

  /** What a start that failed lacks is skipped: RocketMQ's end expects everything to exist. */
  @Override
  public void shutdown() {
    try {
      super.shutdown();
    } catch (RuntimeException incomplete) {
      if (started) {
        throw incomplete;
      }
      log.debug("The end of a broker that did not start", incomplete);
    } finally {
      if (getMessageStore() != null) {
        Leftovers.end(getMessageStore().getMessageRocksDBStorage());
      }
    }
  }

  private void settle() throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SETTLE_MILLIS);
    List<ExecutorService> writers =
        List.of(
            sendMessageExecutor, replyMessageExecutor, ackMessageExecutor, endTransactionExecutor);
    writers.forEach(ExecutorService::shutdown);
    for (ExecutorService writer : writers) {
      writer.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
    while (getMessageStore().dispatchBehindBytes() > 0 && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  private void endRemoting() {
    remotingServerMap.values().forEach(Leftovers::end);
    Leftovers.owned(getBrokerOuterAPI(), RemotingClient.class).forEach(Leftovers::end);
  }

  /** RocketMQ's own end begins with it; {@link #stop} has done so before it ended the client. */
  @Override
  protected void unregisterBrokerAll() {
    if (!unregistered) {
      super.unregisterBrokerAll();
    }
  }
}
