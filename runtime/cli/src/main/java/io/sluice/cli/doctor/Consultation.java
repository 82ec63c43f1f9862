package io.sluice.cli.doctor;

import io.sluice.sdk.diagnosis.CheckResult;
import io.sluice.sdk.diagnosis.Examiner;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;

/** Examines instances at the same time, so that none waits for another's time-outs. */
public final class Consultation {
  private static final int AT_ONCE = 16;

  private final List<Examiner> examiners;
  private final Clock clock;

  /**
   * @param examiners each looks at each instance
   * @param clock of this machine
   */
  public Consultation(List<Examiner> examiners, Clock clock) {
    this.examiners = List.copyOf(examiners);
    this.clock = clock;
  }

  /** Examines them all, and tells of each in the order given. Blocks. */
  public void hold(List<Patient> patients, BiConsumer<Patient, List<CheckResult>> tell) {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.max(1, Math.min(AT_ONCE, patients.size())),
            work -> {
              Thread thread = new Thread(work, "doctor");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<CompletableFuture<List<CheckResult>>> results =
          patients.stream()
              .map(patient -> CompletableFuture.supplyAsync(() -> examine(patient), threads))
              .toList();
      for (int i = 0; i < patients.size(); i++) {
        tell.accept(patients.get(i), results.get(i).join());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private List<CheckResult> examine(Patient patient) {
    List<CheckResult> results = new ArrayList<>();
    if (patient instanceof Patient.Present present) {
      examiners.forEach(
          examiner -> results.addAll(examiner.examine(present.instance(), present.needs(), clock)));
    }
    return results;
  }
}
