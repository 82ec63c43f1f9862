package io.sluice.cli.message;

import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.connector.Connector;
import io.sluice.sdk.connector.SinkType;
import io.sluice.sdk.connector.SourceType;
import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.sink.Sink;
import io.sluice.sdk.source.InFlightLimit;
import io.sluice.sdk.source.Source;
import io.sluice.sdk.time.SystemScheduler;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sends messages to one topic of an instance, or reads them there, without a flow: nothing is
 * stamped, committed or checkpointed.
 */
public final class DirectAccess implements AutoCloseable {
  private static final String ROCKETMQ = "rocketmq";
  private static final int SCHEDULER_THREADS = 2;
  private static final Duration SEND_PATIENCE = Duration.ofSeconds(30);

  /** Small: what is fetched ahead of a reader at a terminal is for nothing. */
  private static final InFlightLimit READ_AHEAD = new InFlightLimit(2_000, 8L << 20);

  private final Connector connector;
  private final Instance instance;
  private final String topic;
  private final SystemScheduler scheduler;

  /**
   * @param connectors where the one for RocketMQ is among
   */
  public DirectAccess(Collection<Connector> connectors, Instance instance, String topic) {
    this.connector =
        connectors.stream()
            .filter(candidate -> candidate.name().equals(ROCKETMQ))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no connector " + ROCKETMQ));
    this.instance = instance;
    this.topic = topic;
    this.scheduler = new SystemScheduler("sluice-direct", SCHEDULER_THREADS);
  }

  /** A sender. Connects to nothing before it sends. */
  public MessageSender sender() {
    Map<String, Object> keys = block();
    keys.put("stamp", false);
    return new MessageSender(sink(connector.sink().orElseThrow(), keys), topic, SEND_PATIENCE);
  }

  /**
   * A sender of records that have a place elsewhere, which is stamped on them. Blocks until the
   * topic is ready; the topic must be there.
   *
   * @param partitions where the records come from
   */
  public StampedSender stampedSender(List<Partition> partitions) {
    Map<String, Object> keys = block();
    keys.put("createTopic", false);
    keys.put("echoes", "KEEP");
    return new StampedSender(sink(connector.sink().orElseThrow(), keys), partitions, SEND_PATIENCE);
  }

  /** A tail that begins at a place. Reads nothing before it is followed. */
  public MessageTail tail(TailStart from) {
    Map<String, Object> keys = block();
    keys.putAll(from.keys());
    return new MessageTail(source(connector.source().orElseThrow(), keys));
  }

  @Override
  public void close() {
    scheduler.close();
  }

  private Map<String, Object> block() {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("instance", instance.name());
    keys.put("topic", topic);
    return keys;
  }

  private <C extends java.lang.Record> Sink sink(SinkType<C> type, Map<String, Object> keys) {
    return type.create(ConnectorBlock.of(type, keys), context("send"));
  }

  private <C extends java.lang.Record> Source source(SourceType<C> type, Map<String, Object> keys) {
    return type.create(ConnectorBlock.of(type, keys), context("tail"));
  }

  private DirectContext context(String flow) {
    return new DirectContext(flow, instance, scheduler, READ_AHEAD);
  }
}
