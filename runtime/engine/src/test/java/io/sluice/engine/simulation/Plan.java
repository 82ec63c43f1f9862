package io.sluice.engine.simulation;

import java.util.Random;

/**
 * What a seed makes of the world: its size, and how often what goes wrong.
 *
 * @param lanes partitions of the source
 * @param lateLanes how many of them appear only later
 * @param records positions per partition
 * @param gaps share of positions that hold no record
 * @param dropped share of records that the rule drops
 * @param batch most positions per batch
 * @param limit records in flight
 * @param tails whether the target can tell its tails
 * @param refused share of writes that the target refuses for now
 * @param unknown share of writes with unknown outcome
 * @param partial share of the two that store a prefix
 * @param lookups share of lookups that fail: preparing, tails, resolving, starting
 * @param fatal share of writes that the target refuses for good
 * @param slow share of answers that take very long
 * @param storeFailures share of writes to the store that fail
 * @param outages share of steps at which the target goes down for a while
 * @param crashes how often the process dies
 * @param drains how often it ends in good order and starts again
 * @param pauses share of steps at which an operator pauses or resumes the flow
 * @param nested whether the source offers the next batch inside the call that ends the last one
 * @param revocations share of moments at which a partition is given up, to come back later
 */
record Plan(
    int lanes,
    int lateLanes,
    int records,
    double gaps,
    double dropped,
    int batch,
    int limit,
    boolean tails,
    double refused,
    double unknown,
    double partial,
    double lookups,
    double fatal,
    double slow,
    double storeFailures,
    double outages,
    int crashes,
    int drains,
    double pauses,
    boolean nested,
    double revocations) {

  static Plan of(long seed) {
    Random random = new Random(seed ^ 0x5DEECE66DL);
    int lanes = 1 + random.nextInt(4);
    return new Plan(
        lanes,
        random.nextInt(lanes),
        20 + random.nextInt(150),
        pick(random, 0, 0.2),
        pick(random, 0, 0.1, 0.6),
        1 + random.nextInt(8),
        8 + random.nextInt(24),
        random.nextInt(5) > 0,
        pick(random, 0, 0.05, 0.3),
        pick(random, 0, 0.05, 0.3),
        pick(random, 0, 0.5),
        pick(random, 0, 0.1, 0.4),
        pick(random, 0, 0, 0.02),
        pick(random, 0, 0.02),
        pick(random, 0, 0.1, 0.5),
        pick(random, 0, 0.002),
        random.nextInt(7),
        random.nextInt(3),
        pick(random, 0, 0.01),
        random.nextBoolean(),
        pick(random, 0, 0.1, 0.3));
  }

  /** The same world with one runtime in it. */
  Plan unshared() {
    return new Plan(
        lanes,
        lateLanes,
        records,
        gaps,
        dropped,
        batch,
        limit,
        tails,
        refused,
        unknown,
        partial,
        lookups,
        fatal,
        slow,
        storeFailures,
        outages,
        crashes,
        drains,
        pauses,
        nested,
        0);
  }

  private static double pick(Random random, double... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
