package io.sluice.rocketmq.grpc.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.rocketmq.RocketMqError;
import io.sluice.rocketmq.source.ConsumeOffset;
import io.sluice.rocketmq.source.RocketMqSourceConfiguration;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Access;
import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.instance.Network;
import io.sluice.sdk.instance.Protocol;
import io.sluice.sdk.instance.Timeouts;
import io.sluice.sdk.instance.Tls;
import io.sluice.sdk.instance.Version;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class GrpcSourceCheckTest {
  private static final Instance INSTANCE =
      new Instance(
          "hangzhou",
          Version.V5,
          Optional.empty(),
          Network.PRIVATE,
          List.of(),
          Optional.empty(),
          Access.PLAINTEXT,
          Tls.DEFAULT,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Timeouts.DEFAULT,
          Protocol.GRPC,
          List.of("127.0.0.1:8081"));

  private static Optional<SluiceException> refusal(OptionalInt queues, Optional<String> reader) {
    RocketMqSourceConfiguration configuration =
        new RocketMqSourceConfiguration(
            "hangzhou",
            "orders",
            Optional.of("GID_orders"),
            "TAG",
            "*",
            Optional.empty(),
            ConsumeOffset.CONSUME_FROM_LAST_OFFSET,
            Optional.empty(),
            "fail",
            queues,
            reader);
    return Optional.ofNullable(
        catchThrowableOfType(
            SluiceException.class, () -> GrpcSourceCheck.check(configuration, INSTANCE)));
  }

  @Test
  void refusesWhatOnlyRemotingCanDo() {
    assertThat(refusal(OptionalInt.empty(), Optional.empty())).isEmpty();
    assertThat(refusal(OptionalInt.of(8), Optional.empty()))
        .map(SluiceException::code)
        .contains(RocketMqError.GRPC_OPTION);
    assertThat(refusal(OptionalInt.empty(), Optional.of("audit")))
        .map(SluiceException::code)
        .contains(RocketMqError.GRPC_OPTION);
  }
}
