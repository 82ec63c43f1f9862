package io.sluice.acceptance.campaign;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A series of faults that strike one mirror under load, in an order and at instants that a seed
 * decides.
 *
 * <p>System properties: {@code sluice.seed}; {@code sluice.faults}, a list of faults to which every
 * series is restricted; {@code sluice.kills}, how many strikes a series has, each by any of its
 * faults.
 */
final class Campaign {
  /** The seed of this run, printed so that it can be tried again. */
  static final long SEED = Long.getLong("sluice.seed", System.nanoTime());

  private static final int MESSAGES_PER_SECOND = 600;
  private static final int LONGEST_PAUSE = 400;
  private static final Set<String> CHOSEN =
      Stream.of(System.getProperty("sluice.faults", "").split(","))
          .filter(name -> !name.isBlank())
          .collect(Collectors.toUnmodifiableSet());

  private final String name;
  private final List<Fault> faults;

  private Campaign(String name, List<Fault> faults) {
    this.name = name;
    this.faults = faults;
  }

  /** Each of these strikes once, unless system properties say otherwise. */
  static Campaign of(String name, Set<Fault> faults) {
    return new Campaign(name, faults.stream().filter(fault -> isChosen(fault.toString())).toList());
  }

  /** Whether system properties leave this in. */
  static boolean isChosen(String fault) {
    return CHOSEN.isEmpty() || CHOSEN.contains(fault);
  }

  /** Whether system properties name this: then it is tried although it does not hold yet. */
  static boolean isNamed(String fault) {
    return CHOSEN.contains(fault);
  }

  boolean isEmpty() {
    return faults.isEmpty();
  }

  /** Lets all of them strike. */
  Verdict run(Stage stage, Path folder) throws Exception {
    SplittableRandom random = new SplittableRandom(SEED ^ name.hashCode());
    List<Fault> struck = new ArrayList<>();
    try (Trial trial = Trial.begin(stage, name, folder, SEED, MESSAGES_PER_SECOND)) {
      trial.awaitCopied(1);
      for (Fault fault : order(random)) {
        trial.awaitLoad(random.nextInt(LONGEST_PAUSE));
        struck.add(fault);
        fault.strike(trial, random);
        trial.awaitCopied(1);
      }
      return trial.finish();
    } catch (Exception | AssertionError failure) {
      throw new AssertionError("After " + struck + ", seed " + SEED, failure);
    }
  }

  private List<Fault> order(SplittableRandom random) {
    int strikes = Integer.getInteger("sluice.kills", faults.size());
    List<Fault> order = new ArrayList<>();
    while (order.size() < strikes) {
      List<Fault> once = new ArrayList<>(faults);
      Collections.shuffle(once, new Random(random.nextLong()));
      order.addAll(once);
    }
    return order.subList(0, strikes);
  }
}
