package io.sluice.rocketmq.grpc.source;

import io.sluice.rocketmq.RocketMqError;
import io.sluice.rocketmq.source.ConsumeOffset;
import io.sluice.rocketmq.source.RocketMqSourceConfiguration;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Instance;

/** What gRPC cannot do for a source, said before anything is connected. */
public final class GrpcSourceCheck {
  private GrpcSourceCheck() {}

  /**
   * @param instance one that is spoken to by gRPC
   * @throws SluiceException {@code rocketmq.grpc-group}, {@code rocketmq.grpc-option}, {@code
   *     rocketmq.grpc-position}
   */
  public static void check(RocketMqSourceConfiguration configuration, Instance instance) {
    if (configuration.groupID().isEmpty()) {
      throw new SluiceException(
          RocketMqError.GRPC_GROUP,
          "topic "
              + configuration.topic()
              + " of instance "
              + instance.name()
              + " cannot be read without a consumer group by gRPC",
          Location.NONE);
    }
    if (configuration.queues().isPresent() || configuration.reader().isPresent()) {
      throw new SluiceException(
          RocketMqError.GRPC_OPTION,
          "`queues` and `reader` are not known by gRPC, by which instance "
              + instance.name()
              + " is read",
          Location.NONE);
    }
    if (configuration.offset() != ConsumeOffset.CONSUME_FROM_LAST_OFFSET
        && instance.nameServers().isEmpty()) {
      throw new SluiceException(
          RocketMqError.GRPC_POSITION,
          "`offset: "
              + configuration.offset()
              + "` cannot be reached by gRPC alone, and instance "
              + instance.name()
              + " has no `nameServer` beside its `proxy`",
          Location.NONE);
    }
  }
}
