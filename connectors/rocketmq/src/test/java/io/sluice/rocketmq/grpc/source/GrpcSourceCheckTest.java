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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is said before anything is connected. */
class GrpcSourceCheckTest {
  private static final Instance PROXY_ONLY = Reach.plaintext("127.0.0.1:8081").proxied();
  private static final Instance BOTH =
      Reach.plaintext("127.0.0.1:8081").proxiedBeside("127.0.0.1:9876");

  private static RocketMqSourceConfiguration source(Optional<String> group, ConsumeOffset offset) {
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
        "fail");
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
}
