package io.sluice.engine.store;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Keeps checkpoints across runs. What a method has written when it returns survives {@code kill -9}
 * and power loss (I2).
 *
 * <p>Methods block and are called by one thread at a time, never on the way of a batch. They fail
 * with a {@link io.sluice.sdk.error.SluiceException} that carries a {@code store.*} code, a {@link
 * io.sluice.sdk.error.RetriableException} if the same call may succeed later. A broken store fails;
 * it never answers as if it were empty (I8).
 */
public interface CheckpointStore extends AutoCloseable {

  /** The checkpoints of a flow by name of the partition. */
  Map<String, Checkpoint> load(String flow);

  /**
   * Writes checkpoints, all or none, except those that would move a position backwards (I2) or come
   * from another epoch than the stored one. Retries before a checkpoint are forgotten with it.
   *
   * @return the exceptions, which the store holds a later checkpoint for; mostly empty
   */
  List<Checkpoint> save(List<Checkpoint> checkpoints);

  /**
   * Writes a checkpoint whatever position is stored, and begins a new epoch: the one way by which a
   * position moves backwards. Whoever still writes with the old epoch is refused from then on.
   *
   * @return the checkpoint as stored, with its epoch
   */
  Checkpoint reset(Checkpoint checkpoint);

  /**
   * Forgets partitions of a flow, because another runtime moves them on from now: what stands here
   * would only get older. Those that are not there are passed over; retries go with them.
   */
  void remove(String flow, Collection<String> partitions);

  /** The retries of a flow that were kept and not forgotten since. */
  List<OpenRetry> retries(String flow);

  /** Writes a retry, in place of what was written of the same record before. */
  void keep(OpenRetry retry);

  /** Releases everything. Calling it again does nothing. */
  @Override
  void close();
}
