package io.sluice.engine;

import io.sluice.engine.delivery.Consignment;
import io.sluice.engine.route.Matching;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.sink.TargetPosition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** The passage of a batch of a flow with run options. */
final class GuardedPassage extends BatchPassage {
  private final GuardedDelivery guarded;
  private final List<Consignment.Refusal> refusals = new ArrayList<>();
  private int givenUp;
  private boolean left;

  GuardedPassage(
      FlowRun run, Lane lane, Batch offered, Matching matching, GuardedDelivery guarded) {
    super(run, lane, offered, matching);
    this.guarded = guarded;
  }

  @Override
  public boolean refused(Position position, SluiceException cause) {
    if (!guarded.isTolerant()) {
      refusals.clear(); // each rule sees less than the one before
    }
    refusals.add(new Consignment.Refusal(position, cause));
    return guarded.isTolerant();
  }

  @Override
  public boolean hasRefusals() {
    return !refusals.isEmpty();
  }

  @Override
  public void deliver(Batch batch, Exit atTheEnd) {
    refusals.sort(Comparator.comparing(Consignment.Refusal::position));
    guarded
        .of(lane(), offered().partition())
        .deliver(
            new Consignment(
                offered(),
                batch,
                refusals,
                new RouteExit(atTheEnd),
                run().parts().scheduler().now()));
  }

  @Override
  void count(Batch left) {
    int filtered = offered().count() - left.count() - refusals.size();
    run().counters().done(left.count() - givenUp, filtered);
  }

  /** What is left to the next run is no failure of this one. */
  @Override
  public void failed(Throwable cause) {
    if (left) {
      run().open().left(offered().count());
    } else {
      super.failed(cause);
    }
  }

  private final class RouteExit implements Consignment.Exit {
    private final Exit exit;

    private RouteExit(Exit exit) {
      this.exit = exit;
    }

    @Override
    public void settled(Optional<TargetPosition> target, int records) {
      givenUp = records;
      exit.stored(target);
    }

    @Override
    public void failed(SluiceException cause) {
      exit.failed(cause);
    }

    @Override
    public void abandoned() {
      left = true;
      exit.failed(new CancellationException("given up"));
    }
  }
}
