package io.sluice.rocketmq;

import io.sluice.rocketmq.client.ClientPool;
import io.sluice.rocketmq.diagnosis.InstanceExaminer;
import io.sluice.rocketmq.grpc.ProxyPool;
import io.sluice.rocketmq.grpc.sink.GrpcSink;
import io.sluice.rocketmq.grpc.source.GrpcSource;
import io.sluice.rocketmq.grpc.source.GrpcSourceCheck;
import io.sluice.rocketmq.sink.Echoes;
import io.sluice.rocketmq.sink.Neighbours;
import io.sluice.rocketmq.sink.RocketMqSink;
import io.sluice.rocketmq.sink.RocketMqSinkConfiguration;
import io.sluice.rocketmq.sink.SinkOptions;
import io.sluice.rocketmq.source.RocketMqSource;
import io.sluice.rocketmq.source.RocketMqSourceConfiguration;
import io.sluice.rocketmq.topics.TopicsSink;
import io.sluice.rocketmq.transcode.Buffers;
import io.sluice.sdk.connector.Connector;
import io.sluice.sdk.connector.SinkDescription;
import io.sluice.sdk.connector.SinkType;
import io.sluice.sdk.connector.SourceDescription;
import io.sluice.sdk.connector.SourceType;
import io.sluice.sdk.connector.TopicWriter;
import io.sluice.sdk.diagnosis.Examiner;
import io.sluice.sdk.diagnosis.Need;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.instance.Protocol;
import io.sluice.sdk.record.RecordPart;
import io.sluice.sdk.sink.Sink;
import io.sluice.sdk.sink.SinkContext;
import io.sluice.sdk.source.Source;
import io.sluice.sdk.source.SourceContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Topics of RocketMQ instances, 4.x, 5.x and self-hosted, by remoting or gRPC. */
public final class RocketMqConnector implements Connector {
  private final ClientPool clients = new ClientPool();
  private final ProxyPool proxies = new ProxyPool();
  private final Buffers buffers = new Buffers();
  private final Neighbours neighbours = new Neighbours();

  @Override
  public String name() {
    return "rocketmq";
  }

  @Override
  public String summary() {
    return "Topics of RocketMQ instances: 4.x, 5.x and self-hosted, by remoting or gRPC.";
  }

  @Override
  public Optional<SourceType<?>> source() {
    return Optional.of(new TopicSource());
  }

  @Override
  public Optional<SinkType<?>> sink() {
    return Optional.of(new TopicSink());
  }

  @Override
  public Optional<TopicWriter> topicWriter() {
    TopicSink sink = new TopicSink();
    return Optional.of(
        (instance, topic, queues, context) ->
            sink.create(
                new SinkOptions(
                    instance.name(),
                    Optional.of(topic),
                    true,
                    false,
                    Echoes.KEEP,
                    OptionalInt.of(queues)),
                context));
  }

  @Override
  public Optional<Examiner> examiner() {
    return Optional.of(new InstanceExaminer());
  }

  private static boolean speaksGrpc(Instance instance) {
    return instance.protocol() == Protocol.GRPC;
  }

  /** Who only looks has no group, and is at no place in it: brokers show what proxies do not. */
  private static boolean readsByGrpc(RocketMqSourceConfiguration configuration, Instance instance) {
    boolean looks = configuration.groupID().isEmpty() && !instance.nameServers().isEmpty();
    return speaksGrpc(instance) && !looks;
  }

  private static String resource(String name) {
    try (InputStream in = RocketMqConnector.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private final class TopicSource implements SourceType<RocketMqSourceConfiguration> {
    @Override
    public Class<RocketMqSourceConfiguration> configuration() {
      return RocketMqSourceConfiguration.class;
    }

    @Override
    public String schema() {
      return resource("source.schema.json");
    }

    @Override
    public SourceDescription describe(RocketMqSourceConfiguration configuration) {
      return new SourceDescription(
          Optional.of(configuration.instance()),
          configuration.topic(),
          configuration.groupID(),
          "acs:mq",
          "mq:Topic:SendMessage");
    }

    @Override
    public Optional<Need> need(RocketMqSourceConfiguration configuration) {
      return Optional.of(
          new Need.Reading(
              configuration.topic(),
              configuration.groupID(),
              configuration.filterSql(),
              configuration.queues().isPresent()));
    }

    @Override
    public void check(RocketMqSourceConfiguration configuration, Instance instance) {
      if (speaksGrpc(instance)) {
        GrpcSourceCheck.check(configuration, instance);
      }
    }

    @Override
    public Source create(RocketMqSourceConfiguration configuration, SourceContext context) {
      return readsByGrpc(configuration, context.instance(configuration.instance()))
          ? new GrpcSource(configuration, context, proxies, clients)
          : new RocketMqSource(configuration, context, clients);
    }
  }

  private final class TopicSink implements SinkType<SinkOptions> {
    @Override
    public Class<SinkOptions> configuration() {
      return SinkOptions.class;
    }

    @Override
    public String schema() {
      return resource("sink.schema.json");
    }

    @Override
    public Set<RecordPart> parts() {
      return EnumSet.allOf(RecordPart.class);
    }

    @Override
    public List<SluiceException> problems(SinkOptions options) {
      return options.topic().isPresent() || options.cutsEchoes()
          ? List.of()
          : List.of(
              new SluiceException(
                  RocketMqError.TOPIC_UNCUT,
                  "'topic' depends on the record, and so messages could go round unnoticed",
                  Location.InBlock.of("topic")));
    }

    @Override
    public SinkDescription describe(SinkOptions options) {
      return new SinkDescription(
          Optional.of(options.instance()),
          options.topic().orElse(SinkDescription.EACH_ITS_OWN),
          options.cutsEchoes());
    }

    @Override
    public Optional<Need> need(SinkOptions options) {
      return options.topic().map(topic -> new Need.Writing(topic, options.createTopic()));
    }

    @Override
    public Sink create(SinkOptions options, SinkContext context) {
      return options
          .topic()
          .map(topic -> sink(options.to(topic), context))
          .orElseGet(
              () -> new TopicsSink(options.instance(), topic -> sink(options.to(topic), context)));
    }

    private Sink sink(RocketMqSinkConfiguration configuration, SinkContext context) {
      return speaksGrpc(context.instance(configuration.instance()))
          ? new GrpcSink(configuration, context, proxies)
          : new RocketMqSink(configuration, context, clients, buffers, neighbours);
    }
  }
}
