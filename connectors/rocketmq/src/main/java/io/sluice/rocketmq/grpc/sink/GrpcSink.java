package io.sluice.rocketmq.grpc.sink;

import apache.rocketmq.v2.ClientType;
import apache.rocketmq.v2.Publishing;
import apache.rocketmq.v2.Resource;
import apache.rocketmq.v2.SendMessageRequest;
import apache.rocketmq.v2.Settings;
import io.sluice.rocketmq.RocketMqError;
import io.sluice.rocketmq.client.Pool;
import io.sluice.rocketmq.grpc.ProxyClient;
import io.sluice.rocketmq.grpc.ProxyPool;
import io.sluice.rocketmq.grpc.ProxyRoute;
import io.sluice.rocketmq.grpc.Session;
import io.sluice.rocketmq.sink.Echoes;
import io.sluice.rocketmq.sink.RocketMqSinkConfiguration;
import io.sluice.rocketmq.transcode.EncoderLimits;
import io.sluice.rocketmq.transcode.RequestSize;
import io.sluice.rocketmq.transcode.StampText;
import io.sluice.rocketmq.transcode.Stamping;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.sink.Sink;
import io.sluice.sdk.sink.SinkContext;
import io.sluice.sdk.sink.SinkReport;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.sink.WriteResult;
import io.sluice.sdk.time.Scheduler;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a topic of a RocketMQ instance through its proxies. The proxy chooses the queue: by
 * message group, in whose order messages are stored, or any.
 *
 * <p>It cannot look at what the target holds: after an unknown outcome messages are sent again, and
 * may be there twice.
 */
public final class GrpcSink implements Sink {
  private static final Logger log = LoggerFactory.getLogger(GrpcSink.class);

  /** A request is stored as one piece, for which brokers allow 4 MiB, properties included. */
  private static final EncoderLimits LIMITS = new EncoderLimits(1 << 20, 1 << 20);

  private final RocketMqSinkConfiguration configuration;
  private final SinkReport report;
  private final Pool<ProxyClient>.Lease lease;
  private final ProxyClient client;
  private final Session session;
  private final MessageSender sender;
  private final Stamping stamping;
  private final Scheduler scheduler;
  private final ConcurrentMap<Partition, RequestSize> sizes = new ConcurrentHashMap<>();
  private volatile ProxyRoute route = ProxyRoute.NONE;

  /** Makes a sink; the pool gives it a connection that it may share. */
  public GrpcSink(RocketMqSinkConfiguration configuration, SinkContext context, ProxyPool clients) {
    this.configuration = configuration;
    this.report = context.report();
    this.lease = clients.lease(context.instance(configuration.instance()), ProxyPool.Side.TARGET);
    this.client = lease.client();
    this.session =
        new Session(
            client,
            context.flow(),
            settings(client.resource(configuration.topic())),
            context.scheduler());
    this.scheduler = context.scheduler();
    this.sender = new MessageSender(client, session.id());
    Stamping plain = Stamping.of(configuration.stamp());
    this.stamping =
        configuration.echoes() == Echoes.DROP
            ? plain.cuttingEchoes(configuration.instance(), configuration.topic())
            : plain;
  }

  private static Settings.Builder settings(Resource topic) {
    return Settings.newBuilder()
        .setClientType(ClientType.PRODUCER)
        .setPublishing(Publishing.newBuilder().addTopics(topic));
  }

  @Override
  public CompletionStage<Void> prepare(
      List<Partition> partitions, Map<Partition, TargetPosition> known) {
    return findRoute()
        .thenCompose(
            found ->
                CompletableFuture.allOf(
                    new HashSet<>(found.proxies().values())
                        .stream().map(session::open).toArray(CompletableFuture<?>[]::new)));
  }

  private CompletableFuture<ProxyRoute> findRoute() {
    return ProxyRoute.find(client, session.id(), configuration.topic())
        .thenApply(
            found -> {
              route =
                  found
                      .filter(known -> !known.writable().isEmpty())
                      .orElseThrow(() -> notToBeWritten(found));
              return route;
            });
  }

  private RetriableException notToBeWritten(Optional<ProxyRoute> found) {
    String topic = "target topic " + configuration.topic();
    return found.isPresent() && !found.get().readable().isEmpty()
        ? new RetriableException(
            RocketMqError.TOPIC_READ_ONLY, topic + " may only be read", place())
        : new RetriableException(
            RocketMqError.TOPIC_MISSING,
            topic + " has no queues to write, and by gRPC no topic can be created",
            place());
  }

  @Override
  public CompletionStage<WriteResult> write(Batch batch) {
    StampText stamps = new StampText(batch.partition(), batch.first().incarnation(), stamping);
    RequestSize size =
        sizes.computeIfAbsent(
            batch.partition(), lane -> RequestSize.learned(LIMITS, client.answerTimes()));
    MessageRequests requests =
        new MessageRequests(
            batch, new MessageEncoder(client.resource(configuration.topic()), stamps), size);
    CompletableFuture<WriteResult> result =
        new BatchPassage(
                batch,
                requests,
                request -> send(proxy(batch, request), request, size),
                report,
                place())
            .begin();
    result.thenAccept(this::look);
    return result;
  }

  private CompletableFuture<MessageSender.Outcome> send(
      String proxy, SendMessageRequest request, RequestSize size) {
    long sentAt = scheduler.nanoTime();
    return sender
        .send(proxy, request)
        .thenApply(
            outcome -> {
              if (outcome instanceof MessageSender.Outcome.Stored) {
                size.answered(request.getSerializedSize(), scheduler.nanoTime() - sentAt);
              } else if (outcome instanceof MessageSender.Outcome.Unknown) {
                size.unanswered();
              }
              return outcome;
            });
  }

  @Override
  public CompletionStage<Void> release(List<Partition> partitions) {
    partitions.forEach(sizes::remove);
    return CompletableFuture.completedFuture(null);
  }

  /** The proxy may have gone when something fails: look at once. */
  private void look(WriteResult result) {
    if (!(result instanceof WriteResult.Stored)) {
      findRoute()
          .whenComplete(
              (found, failure) -> {
                if (failure != null) {
                  log.debug("route of {}: {}", configuration.topic(), failure.toString());
                }
              });
    }
  }

  /** {@inheritDoc} A proxy does not show what a topic holds: the rest is sent again. */
  @Override
  public CompletionStage<WriteResult> resolve(Batch batch) {
    return CompletableFuture.completedFuture(
        new WriteResult.NotStored(
            batch.first(),
            new RetriableException(
                RocketMqError.OUTCOME_UNKNOWN,
                "messages that were sent by gRPC cannot be looked for; the rest of the batch is sent"
                    + " again",
                place())));
  }

  private Location place() {
    return new Location.Named("instance " + configuration.instance());
  }

  @Override
  public void close() {
    session.close().whenComplete((left, failure) -> lease.close());
  }

  /** A message group stays with one proxy, as its choice of the queue is its own (I4). */
  private String proxy(Batch batch, SendMessageRequest request) {
    List<String> proxies = route.proxies().values().stream().distinct().sorted().toList();
    String group = request.getMessages(0).getSystemProperties().getMessageGroup();
    int number = group.isEmpty() ? batch.partition().lane() : group.hashCode();
    return proxies.get(Math.floorMod(number, proxies.size()));
  }
}
