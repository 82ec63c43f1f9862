/**
 * Runs flows: each is one Camel route between an sdk source and an sdk sink, with states, delivery,
 * checkpoints and a graceful end. {@link io.sluice.engine.FlowEngine} is the way in.
 */
@NullMarked
package io.sluice.engine;

import org.jspecify.annotations.NullMarked;
