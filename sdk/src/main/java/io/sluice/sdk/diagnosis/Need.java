package io.sluice.sdk.diagnosis;

import java.util.Optional;

/** What a flow needs of an instance. */
public sealed interface Need {

  /** The topic that it is about, as flow files call it. */
  String topic();

  /** Whether the flow creates the topic if it is missing. */
  boolean creates();

  /**
   * To read a topic.
   *
   * @param group in whose name, if it has one
   * @param condition what the instance itself evaluates of each message, in a language that not
   *     every instance is willing to, such as SQL92; empty if there is nothing of the kind
   */
  record Reading(String topic, Optional<String> group, Optional<String> condition, boolean creates)
      implements Need {

    /** Of a topic that must be there. */
    public Reading(String topic, Optional<String> group, Optional<String> condition) {
      this(topic, group, condition, false);
    }
  }

  /** To write ordinary messages to a topic, and to look at what is there. */
  record Writing(String topic, boolean creates) implements Need {}
}
