package io.sluice.benchmarks.scenario;

import java.util.List;
import java.util.stream.IntStream;

/** Everything that the suite can measure, in the order of the page. */
public final class Scenarios {
  private static final int[] SIZES = {100, 1024, 16 * 1024};
  private static final int[] QUEUES = {1, 8, 64};
  private static final int[] ROUND_TRIPS = {0, 20, 100, 200};

  private static final int USUAL_SIZE = 1024;
  private static final int USUAL_QUEUES = 8;
  private static final int USUAL = 4;

  private Scenarios() {}

  public static List<Scenario> all() {
    return List.of(
        new Copying(
            "sizes",
            "Copying a backlog, by size of the body",
            cases(SIZES, new int[] {USUAL_QUEUES}, new int[] {0})),
        new Copying(
            "queues",
            "Copying a backlog, by number of queues",
            cases(new int[] {USUAL_SIZE}, QUEUES, new int[] {0})),
        new Copying(
            "round-trips",
            "Copying a backlog, by distance of the target",
            cases(new int[] {USUAL_SIZE}, new int[] {USUAL_QUEUES}, ROUND_TRIPS)),
        new Latency(),
        new IdleFlows(),
        new Backlog(),
        new GrpcCopying(),
        new BusRouting(),
        new Copying(
            "matrix",
            "Copying a backlog, every size with every number of queues and every distance",
            cases(SIZES, QUEUES, ROUND_TRIPS)));
  }

  /** Those that answer most questions in an hour. */
  public static List<Scenario> usual() {
    return all().subList(0, USUAL);
  }

  private static List<CopyCase> cases(int[] sizes, int[] queues, int[] roundTrips) {
    return IntStream.of(sizes)
        .boxed()
        .flatMap(
            size ->
                IntStream.of(queues)
                    .boxed()
                    .flatMap(
                        count ->
                            IntStream.of(roundTrips)
                                .mapToObj(millis -> new CopyCase(size, count, millis))))
        .toList();
  }
}
