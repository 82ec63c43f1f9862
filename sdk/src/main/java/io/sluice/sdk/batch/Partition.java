package io.sluice.sdk.batch;

import java.util.Objects;

/**
 * An ordered lane of a source: for RocketMQ, one queue of one broker.
 *
 * @param name stable and unique over all sources, {@code instance/topic/broker/queue} for RocketMQ;
 *     checkpoints and origin stamps are kept under it. Holds neither white space nor control
 *     characters nor {@code @}.
 * @param lane number of the lane within its source, from 0, without gaps when the source starts: a
 *     sink keeps order by storing lane <i>i</i> in its partition <i>i</i>
 */
public record Partition(String name, int lane) {
  public Partition {
    Objects.requireNonNull(name);
    if (name.isEmpty() || name.chars().anyMatch(c -> c <= ' ' || c == '@' || c == 0x7f)) {
      throw new IllegalArgumentException("not a partition name: '" + name + "'");
    }
    if (lane < 0) {
      throw new IllegalArgumentException("negative lane of " + name + ": " + lane);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
