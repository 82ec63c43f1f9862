package io.sluice.cli;

import io.sluice.flows.model.EventFlow;
import io.sluice.flows.model.RunOptions;
import io.sluice.flows.model.SinkBinding;
import io.sluice.sdk.error.SluiceException;
import java.util.Optional;

/**
 * The topics of RocketMQ between which a flow's dead letters move.
 *
 * @param flow that has them
 */
record FlowTopics(EventFlow flow) {
  private static final String ROCKETMQ = "rocketmq";

  /** A topic of an instance. */
  record Topic(String instance, String name) {}

  /**
   * Where the dead letters are.
   *
   * @throws SluiceException {@code command.no-dead-letters}
   */
  Topic letters() {
    Optional<SinkBinding<?>> queue = flow.runOptions().flatMap(RunOptions::deadLetterQueue);
    return queue
        .flatMap(FlowTopics::topic)
        .orElseThrow(
            () ->
                new SluiceException(
                    CommandError.NO_DEAD_LETTERS,
                    "Flow " + flow.name() + " has no dead-letter queue in a topic of RocketMQ.",
                    flow.location()));
  }

  /**
   * What the flow reads.
   *
   * @throws SluiceException {@code command.not-redrivable}
   */
  Topic source() {
    var read = flow.source().describe();
    return Optional.of(flow.source().connector())
        .filter(ROCKETMQ::equals)
        .flatMap(connector -> read.instance())
        .map(name -> new Topic(name, read.topic()))
        .orElseThrow(() -> notRedrivable("it does not read a topic of RocketMQ"));
  }

  /**
   * What the flow writes, if it writes what it reads.
   *
   * @throws SluiceException {@code command.not-redrivable}
   */
  Topic target() {
    if (flow.transform().isPresent()) {
      throw notRedrivable(
          "its target expects what its transforms make, and dead letters are what it read");
    }
    return topic(flow.sink())
        .orElseThrow(() -> notRedrivable("it does not write a topic of RocketMQ"));
  }

  private static Optional<Topic> topic(SinkBinding<?> sink) {
    return sink.connector().equals(ROCKETMQ)
        ? sink.describe().instance().map(name -> new Topic(name, sink.describe().topic()))
        : Optional.empty();
  }

  private SluiceException notRedrivable(String why) {
    return new SluiceException(
        CommandError.NOT_REDRIVABLE,
        "Dead letters of flow " + flow.name() + " cannot be sent there: " + why + ".",
        flow.location());
  }
}
