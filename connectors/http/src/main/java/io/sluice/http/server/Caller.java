package io.sluice.http.server;

/** Who waits for the answer to one request. Thread-safe. */
@FunctionalInterface
interface Caller {

  /** Answers. Called once. Does not block. */
  void answer(Answer answer);
}
