/**
 * Flows as Camel routes: one exchange per batch, from {@code sluice-source} to {@code sluice-sink}.
 */
@NullMarked
package io.sluice.engine.route;

import org.jspecify.annotations.NullMarked;
