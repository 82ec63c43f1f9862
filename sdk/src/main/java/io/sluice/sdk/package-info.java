/**
 * The contract between Sluice's engine and its connectors. It knows no other module.
 *
 * <p>Packages: {@link io.sluice.sdk.record records}, {@link io.sluice.sdk.batch batches} of them,
 * {@link io.sluice.sdk.source sources} that offer batches, {@link io.sluice.sdk.sink sinks} that
 * store them, {@link io.sluice.sdk.connector connectors} that make both, {@link
 * io.sluice.sdk.instance instances} that they reach, {@link io.sluice.sdk.error errors} and {@link
 * io.sluice.sdk.time time}.
 */
@NullMarked
package io.sluice.sdk;

import org.jspecify.annotations.NullMarked;
