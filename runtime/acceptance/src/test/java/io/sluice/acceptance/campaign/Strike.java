package io.sluice.acceptance.campaign;

import java.util.SplittableRandom;

/** What a fault does to a trial; when it returns, nothing of it is left but its consequences. */
@FunctionalInterface
interface Strike {
  void on(Trial trial, SplittableRandom random) throws Exception;
}
