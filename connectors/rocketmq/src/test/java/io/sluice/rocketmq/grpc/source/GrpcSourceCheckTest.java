package io.sluice.rocketmq.grpc.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.rocketmq.RocketMqError;
import io.sluice.rocketmq.source.ConsumeOffset;
import io.sluice.rocketmq.source.RocketMqSourceConfiguration;
import io.sluice.rocketmq.transport.Reach;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Instance;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is said before anything is connected. */
class GrpcSourceCheckTest {
  private static final Instance PROXY_ONLY = Reach.plaintext("127.0.0.1:8081").proxied();
  private static final Instance BOTH =
      Reach.plaintext("127.0.0.1:8081").proxiedBeside("127.0.0.1:9876");

  private static RocketMqSourceConfiguration source(Optional<String> group, ConsumeOffset offset) {
    return source(group, offset, OptionalInt.empty(), Optional.empty());
  }

  private static RocketMqSourceConfiguration source(
      Optional<String> group, ConsumeOffset offset, OptionalInt queues, Optional<String> reader) {
    return new RocketMqSourceConfiguration(
        "remote",
        "orders",
        group,
        "TAG",
        "*",
        Optional.empty(),
        offset,
        offset == ConsumeOffset.CONSUME_FROM_TIMESTAMP
            ? Optional.of("2026-11-01T00:00:00Z")
            : Optional.empty(),
        "fail",
        queues,
        reader);
  }

  @ParameterizedTest
  @EnumSource(
      value = ConsumeOffset.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = "CONSUME_FROM_LAST_OFFSET")
  void aPositionNeedsANameServerBesideTheProxy(ConsumeOffset offset) {
    RocketMqSourceConfiguration source = source(Optional.of("GID_orders"), offset);

    assertThatThrownBy(() -> GrpcSourceCheck.check(source, PROXY_ONLY))
        .isInstanceOfSatisfying(
            SluiceException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(RocketMqError.GRPC_POSITION);
              assertThat(refusal.suggestion()).contains("nameServer", "resetOffsetByTime");
            });
    assertThatCode(() -> GrpcSourceCheck.check(source, BOTH)).doesNotThrowAnyException();
  }

  @Test
  void theLastPositionNeedsNothing() {
    RocketMqSourceConfiguration source =
        source(Optional.of("GID_orders"), ConsumeOffset.CONSUME_FROM_LAST_OFFSET);

    assertThatCode(() -> GrpcSourceCheck.check(source, PROXY_ONLY)).doesNotThrowAnyException();
  }

  @Test
  void aSourceWithoutAGroupIsTold() {
    RocketMqSourceConfiguration source =
        source(Optional.empty(), ConsumeOffset.CONSUME_FROM_LAST_OFFSET);

    for (Instance instance : new Instance[] {PROXY_ONLY, BOTH}) {
      assertThatThrownBy(() -> GrpcSourceCheck.check(source, instance))
          .isInstanceOfSatisfying(
              SluiceException.class,
              refusal -> assertThat(refusal.code()).isEqualTo(RocketMqError.GRPC_GROUP));
    }
  }

  @Test
  void refusesWhatOnlyRemotingCanDo() {
    for (RocketMqSourceConfiguration source :
        new RocketMqSourceConfiguration[] {
          last(OptionalInt.of(8), Optional.empty()), last(OptionalInt.empty(), Optional.of("audit"))
        }) {
      assertThatThrownBy(() -> GrpcSourceCheck.check(source, BOTH))
          .isInstanceOfSatisfying(
              SluiceException.class,
              refusal -> assertThat(refusal.code()).isEqualTo(RocketMqError.GRPC_OPTION));
    }
  }

  private static RocketMqSourceConfiguration last(OptionalInt queues, Optional<String> reader) {
    return source(
        Optional.of("GID_orders"), ConsumeOffset.CONSUME_FROM_LAST_OFFSET, queues, reader);
  }
}
