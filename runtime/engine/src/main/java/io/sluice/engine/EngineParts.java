package io.sluice.engine;

import io.sluice.engine.delivery.Backoff;
import io.sluice.engine.reading.Readings;
import io.sluice.engine.store.CheckpointStore;
import io.sluice.sdk.source.InFlightLimit;
import io.sluice.sdk.time.Scheduler;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.DoubleSupplier;

/**
 * What the flows of an engine share.
 *
 * @param runtime names this runtime among those that may run the same flows
 * @param storeThread where calls to the store run, one after another: they block
 * @param startTimeout how long a flow may try to start; zero for as long as it takes
 * @param jitter random numbers from 0 to below 1
 * @param readings what several flows read together
 */
record EngineParts(
    String runtime,
    Scheduler scheduler,
    CheckpointStore store,
    Executor storeThread,
    Backoff backoff,
    Instances instances,
    InFlightLimit inFlightLimit,
    Duration startTimeout,
    DoubleSupplier jitter,
    Readings readings) {}
