package io.sluice.rocketmq.transcode;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** How a sink deals with origins. Immutable. */
public final class Stamping {
  private final boolean on;
  private final Optional<byte[]> target;

  private Stamping(boolean on, Optional<byte[]> target) {
    this.on = on;
    this.target = target;
  }

  /**
   * @param on whether each record gets its {@link OriginStamp origin}
   */
  public static Stamping of(boolean on) {
    return new Stamping(on, Optional.empty());
  }

  /** The same, where records that have been in the written topic are not sent to it again. */
  public Stamping cuttingEchoes(String instance, String topic) {
    return new Stamping(on, Optional.of((instance + "/" + topic).getBytes(StandardCharsets.UTF_8)));
  }

  boolean isOn() {
    return on;
  }

  boolean isEcho(Journey journey) {
    return target.isPresent() && !journey.isEmpty() && journey.hasVisited(target.get());
  }
}
