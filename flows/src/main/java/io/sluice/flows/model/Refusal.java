package io.sluice.flows.model;

import io.sluice.flows.model.RunOptions.ErrorsTolerance;
import java.util.Optional;

/**
 * What a run does with a record that can never be delivered, such as one that a transform refuses.
 */
public sealed interface Refusal {

  /** The flow stops at it. */
  record Stop() implements Refusal {
    @Override
    public String sentence() {
      return "the flow stops at it";
    }
  }

  /** It is left out, and the flow goes on. */
  record Drop() implements Refusal {
    @Override
    public String sentence() {
      return "it is dropped";
    }
  }

  /**
   * It is kept, and the flow goes on.
   *
   * @param topic what the sink of the dead-letter queue writes
   */
  record DeadLetter(String topic) implements Refusal {
    @Override
    public String sentence() {
      return "it goes to the dead-letter queue, topic " + topic;
    }
  }

  /** The same as people read it, without a capital letter and a dot. */
  String sentence();

  /**
   * What follows from the run options of a flow.
   *
   * @param options empty if it has none
   * @param deadLetters topic of its dead-letter queue
   */
  static Refusal of(Optional<RunOptions> options, Optional<String> deadLetters) {
    boolean goesOn =
        options.filter(given -> given.errorsTolerance() == ErrorsTolerance.ALL).isPresent();
    return goesOn ? deadLetters.<Refusal>map(DeadLetter::new).orElseGet(Drop::new) : new Stop();
  }
}
