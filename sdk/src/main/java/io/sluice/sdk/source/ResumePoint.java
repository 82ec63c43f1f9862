package io.sluice.sdk.source;

import io.sluice.sdk.batch.Position;
import io.sluice.sdk.sink.TargetPosition;
import java.util.Optional;

/**
 * Where a partition goes on.
 *
 * @param next the first position that is not done
 * @param target where the target stood there, if known
 */
public record ResumePoint(Position next, Optional<TargetPosition> target) {}
