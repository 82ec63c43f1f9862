package io.sluice.cli.run;

import io.sluice.engine.ErrorCounts;
import io.sluice.engine.FlowState;
import io.sluice.engine.FlowStatus;
import io.sluice.flows.model.EventFlow.DesiredStatus;
import io.sluice.sdk.error.SluiceException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A status to begin with, and changes to it. */
record Statuses(
    String name,
    FlowState state,
    DesiredStatus desired,
    long in,
    long inFlight,
    OptionalLong lag,
    Optional<SluiceException> trouble,
    boolean troubled,
    Instant lastActivity) {

  static Statuses running(String name) {
    return new Statuses(
        name,
        FlowState.RUNNING,
        DesiredStatus.RUNNING,
        0,
        0,
        OptionalLong.of(0),
        Optional.empty(),
        false,
        Instant.EPOCH);
  }

  Statuses in(FlowState other) {
    return new Statuses(name, other, desired, in, inFlight, lag, trouble, troubled, lastActivity);
  }

  Statuses wanted(DesiredStatus other) {
    return new Statuses(name, state, other, in, inFlight, lag, trouble, troubled, lastActivity);
  }

  Statuses read(long records) {
    return new Statuses(
        name, state, desired, records, inFlight, lag, trouble, troubled, lastActivity);
  }

  Statuses inFlight(long records) {
    return new Statuses(name, state, desired, in, records, lag, trouble, troubled, lastActivity);
  }

  Statuses lag(OptionalLong other) {
    return new Statuses(name, state, desired, in, inFlight, other, trouble, troubled, lastActivity);
  }

  Statuses trouble(SluiceException error, boolean now) {
    return new Statuses(
        name, state, desired, in, inFlight, lag, Optional.of(error), now, lastActivity);
  }

  Statuses recovered() {
    return new Statuses(name, state, desired, in, inFlight, lag, trouble, false, lastActivity);
  }

  Statuses active(Instant time) {
    return new Statuses(name, state, desired, in, inFlight, lag, trouble, troubled, time);
  }

  FlowStatus status() {
    return new FlowStatus(
        name,
        state,
        desired,
        in,
        in / 2,
        in - in / 2,
        0,
        0,
        0,
        0,
        ErrorCounts.NONE,
        inFlight,
        lag,
        trouble,
        troubled,
        lastActivity,
        List.of());
  }
}
