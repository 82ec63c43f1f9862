package io.sluice.engine.reading;

import java.util.ArrayList;
import java.util.List;

/**
 * What follows from a change once the lock that it was made under is given back: calls to others,
 * who may call again. For one thread.
 */
final class Aftermath {
  private final List<Runnable> actions = new ArrayList<>();

  void then(Runnable action) {
    actions.add(action);
  }

  void run() {
    actions.forEach(Runnable::run);
  }
}
