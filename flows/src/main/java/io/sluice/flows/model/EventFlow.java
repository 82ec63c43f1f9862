package io.sluice.flows.model;

import io.sluice.sdk.error.Location;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.record.Record;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One source, rules, one sink: {@code kind: EventFlow}.
 *
 * @param name unique among flows
 * @param description free text, if given
 * @param status whether it is to run
 * @param source where records come from
 * @param reading what it shares with others of what its source does; empty if it reads for itself
 * @param filter which records pass, on views valid during the call; empty when all do
 * @param transform what is written in place of a record that passes, on views valid during the
 *     call; empty when records go as they are
 * @param sink where records go
 * @param runOptions how it deals with errors and how hard it drives its target; empty for the
 *     defaults: it waits for the target as long as it takes, and stops at a record that nobody
 *     takes
 * @param revision tells what it declares from what it declared before, when its file has changed:
 *     the same as long as everything is but {@link #description} and {@link #status}
 * @param location where it is declared
 */
public record EventFlow(
    String name,
    Optional<String> description,
    DesiredStatus status,
    SourceBinding<?> source,
    Optional<BusReading> reading,
    Optional<Predicate<Record>> filter,
    Optional<Function<Record, DetachedRecord>> transform,
    SinkBinding<?> sink,
    Optional<RunOptions> runOptions,
    String revision,
    Location location) {

  /** What the flow file asks for. */
  public enum DesiredStatus {
    RUNNING,
    PAUSED
  }
}
