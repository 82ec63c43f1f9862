package io.sluice.acceptance.campaign;

import io.sluice.testkit.MirrorReport;

/**
 * What became of a trial.
 *
 * @param mirror how the target differs from what the source acknowledged and holds
 * @param status the runtime's exit code
 * @param output what the last runtime printed
 */
record Verdict(MirrorReport mirror, int status, String output) {

  /**
   * Whether every message is at the target once, in order, unchanged, and the runtime ended well.
   */
  boolean isExact() {
    return mirror.isExact() && mirror.expected() > 0 && status == 0;
  }

  @Override
  public String toString() {
    return "%s%nThe runtime ended with %d:%n%s".formatted(mirror, status, output);
  }
}
