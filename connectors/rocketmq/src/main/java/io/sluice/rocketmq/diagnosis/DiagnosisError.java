package io.sluice.rocketmq.diagnosis;

import io.sluice.sdk.error.ErrorCode;

/** What a diagnosis finds and flows do not tell by themselves. */
public enum DiagnosisError implements ErrorCode {
  NAME_UNRESOLVED(
      "rocketmq.name-unresolved",
      "The name of a server has no address here.",
      "Check its spelling, and the name service of this machine. Names of a cloud's private network"
          + " are known inside that network only."),
  PRIVATE_ADDRESS(
      "rocketmq.private-address",
      "A broker announces an address of a private network to a client outside of it.",
      "Switch on public access of the instance and use its public endpoint; in a cluster of your own,"
          + " set brokerIP1 of that broker to its public address. Where the networks are connected,"
          + " use the private endpoint: `network: private`."),
  NO_BROKER(
      "rocketmq.no-broker",
      "The name server answers, and no broker is registered there.",
      "Start the brokers, and check that their namesrvAddr names this name server."),
  CERTIFICATE_EXPIRES(
      "rocketmq.certificate-expires",
      "A certificate that the server shows expires within 14 days.",
      "Renew it in time: from then on no new connection is made."),
  TOPIC_TYPE(
      "rocketmq.topic-type",
      "The target topic is for another type of message than flows write.",
      "Write to a topic of type NORMAL or FIFO: what flows write is due at once and belongs to no"
          + " open transaction."),
  GROUP_UNORDERED(
      "rocketmq.group-unordered",
      "A FIFO topic is read by gRPC with a consumer group that does not consume in order.",
      "Have an administrator make it an ordered one (consumeMessageOrderly, mqadmin updateSubGroup"
          + " -o true), or set another `groupID`, if the copy is to keep the order of message"
          + " groups."),
  CLOCK_SKEW(
      "rocketmq.clock-skew",
      "The clocks of this machine and of a broker differ by more than 30 seconds.",
      "Let both follow a time server. Start positions by time, delays and the dates of certificates"
          + " are judged by clocks."),
  VERSION_DIFFERS(
      "rocketmq.version-differs",
      "A server runs another generation of RocketMQ than the flow file says.",
      "Set `version` of the instance to what it runs, or to self-hosted.");

  private final Description description;

  DiagnosisError(String id, String meaning, String remedy) {
    this.description = new Description(id, Category.ENVIRONMENT, meaning, remedy);
  }

  @Override
  public Description description() {
    return description;
  }
}
