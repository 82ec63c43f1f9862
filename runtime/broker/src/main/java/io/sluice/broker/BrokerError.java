package io.sluice.broker;

import io.sluice.sdk.error.ErrorCode;

/** What can go wrong with an integrated broker. */
enum BrokerError implements ErrorCode {
  PORT_IN_USE(
      "broker.port-in-use",
      "Another process, or another broker of this one, listens on the port.",
      "Stop the other one, choose another port, or use port 0 for a free one."),
  ADDRESS_UNUSABLE(
      "broker.address-unusable",
      "The address cannot be bound on this machine.",
      "Use an address of this machine (127.0.0.1 by default) and a port that this user may open."),
  DATA_DIR_IN_USE(
      "broker.data-dir-in-use",
      "Another broker works in the data directory.",
      "Stop the other broker, or give this one a data directory of its own."),
  DATA_DIR_UNWRITABLE(
      "broker.data-dir-unwritable",
      "The data directory cannot be created or written.",
      "Choose another data directory, or give this user the right to write there."),
  DISK_FULL(
      "broker.disk-full",
      "The disk of the data directory has less free space than the broker needs.",
      "Free some space, or move the data directory to another disk."),
  TOPIC_REFUSED(
      "broker.topic-refused",
      Category.VALIDATION,
      "RocketMQ does not accept the topic.",
      "Use 1 to 127 letters, digits, '-', '_', '%' or '|', a name that RocketMQ does not use itself, "
          + "and at least one queue."),
  TOPIC_TYPE_DIFFERS(
      "broker.topic-type-differs",
      Category.VALIDATION,
      "The topic exists with another message type, which cannot be changed.",
      "Declare the topic with the type that it has, or use another topic."),
  START_FAILED(
      "broker.start-failed",
      "The broker could not read its data or start its services.",
      "Look into the broker's logs below its data directory; they name the cause."),
  NOT_READY(
      "broker.not-ready",
      "The broker started, but its name server does not know it or its topics in time.",
      "Look for an overloaded machine or a firewall between this machine's own addresses, then start "
          + "again.");

  private final Description description;

  BrokerError(String id, String meaning, String remedy) {
    this(id, Category.ENVIRONMENT, meaning, remedy);
  }

  BrokerError(String id, Category category, String meaning, String remedy) {
    this.description = new Description(id, category, meaning, remedy);
  }

  @Override
  public Description description() {
    return description;
  }
}
