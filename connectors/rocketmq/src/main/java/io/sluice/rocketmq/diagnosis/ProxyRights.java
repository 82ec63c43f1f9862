package io.sluice.rocketmq.diagnosis;

import io.sluice.rocketmq.grpc.GroupLookup;
import io.sluice.rocketmq.grpc.WriteRight;
import io.sluice.sdk.error.SluiceException;
import java.util.Optional;

/**
 * Finds out from the proxies what groups are and what the credentials permit, without a message
 * that is handed out or stored. Blocks.
 */
final class ProxyRights {
  private final Examination examination;

  ProxyRights(Examination examination) {
    this.examination = examination;
  }

  /** Why a topic may not be read with a group; empty if it may. */
  Optional<SluiceException> refusalToRead(String topic, String group) {
    try {
      isOrdered(topic, group);
      return Optional.empty();
    } catch (SluiceException refused) {
      return Optional.of(refused);
    }
  }

  /**
   * Whether a group consumes in order.
   *
   * @throws SluiceException if it may not be asked
   */
  boolean isOrdered(String topic, String group) {
    return Examination.await(lookup(topic, group).isOrdered(proxy()));
  }

  /**
   * Whether a group is there, or comes to be when it is asked for.
   *
   * @throws SluiceException if it may not be asked
   */
  boolean exists(String topic, String group) {
    return Examination.await(lookup(topic, group).exists(proxy()));
  }

  /** Why a topic may not be written; empty if it may. */
  Optional<SluiceException> refusalToWrite(String topic) {
    try {
      return Examination.await(
          WriteRight.refusal(examination.proxies(), Examination.CLIENT_ID, proxy(), topic));
    } catch (SluiceException silent) {
      return Optional.of(silent);
    }
  }

  private GroupLookup lookup(String topic, String group) {
    return new GroupLookup(examination.proxies(), Examination.CLIENT_ID, topic, group);
  }

  /** Any of them: they ask the same brokers. */
  private String proxy() {
    return examination.addresses(Place.PROXIES).get(0);
  }
}
