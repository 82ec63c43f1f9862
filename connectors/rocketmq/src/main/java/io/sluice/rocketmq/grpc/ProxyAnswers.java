package io.sluice.rocketmq.grpc;

import apache.rocketmq.v2.Code;
import apache.rocketmq.v2.Status;
import io.sluice.rocketmq.FormatError;
import io.sluice.rocketmq.RocketMqError;
import io.sluice.rocketmq.client.Answers;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Instance;

/** Status codes of proxies in Sluice's words. */
public final class ProxyAnswers {
  private ProxyAnswers() {}

  /**
   * What an answer means that is not the hoped-for one.
   *
   * @param what what was asked, such as {@code "the route of topic orders"}
   */
  public static SluiceException error(Status status, Instance instance, String what) {
    Location place = new Location.Named("instance " + instance.name());
    String said = status.getMessage().strip().lines().findFirst().orElse("");
    String message =
        what
            + " was answered with "
            + status.getCode()
            + (said.isEmpty() ? "" : ", " + Answers.hidden(said, instance));
    return switch (status.getCode()) {
      case TOPIC_NOT_FOUND -> new RetriableException(RocketMqError.TOPIC_MISSING, message, place);
      case CONSUMER_GROUP_NOT_FOUND ->
          new RetriableException(RocketMqError.GROUP_MISSING, message, place);
      case UNAUTHORIZED ->
          new RetriableException(Answers.refusal(status.getMessage()), message, place);
      case FORBIDDEN -> new RetriableException(RocketMqError.DENIED, message, place);
      case TOO_MANY_REQUESTS -> new RetriableException(RocketMqError.BUSY, message, place);
      case MESSAGE_BODY_TOO_LARGE, PAYLOAD_TOO_LARGE, MESSAGE_PROPERTIES_TOO_LARGE ->
          new SluiceException(FormatError.RECORD_TOO_LARGE, message, place);
      case ILLEGAL_MESSAGE_PROPERTY_KEY ->
          new SluiceException(FormatError.BAD_PROPERTY, message, place);
      case ILLEGAL_MESSAGE_TAG,
          ILLEGAL_MESSAGE_KEY,
          ILLEGAL_MESSAGE_GROUP,
          ILLEGAL_MESSAGE_ID,
          MESSAGE_BODY_EMPTY,
          MESSAGE_CORRUPTED,
          MESSAGE_PROPERTY_CONFLICT_WITH_TYPE ->
          new SluiceException(RocketMqError.REFUSED, message, place);
      case NOT_IMPLEMENTED, UNSUPPORTED, VERSION_UNSUPPORTED ->
          new RetriableException(RocketMqError.NO_PROXY, message, place);
      default -> new RetriableException(byWords(status.getMessage()), message, place);
    };
  }

  /** Whether it is stored or done, also where flush or replication came late. */
  public static boolean isDone(Code code) {
    return switch (code) {
      case OK, MASTER_PERSISTENCE_TIMEOUT, SLAVE_PERSISTENCE_TIMEOUT, HA_NOT_AVAILABLE -> true;
      default -> false;
    };
  }

  /** Whether it is certain that nothing was stored. */
  public static boolean isRefusal(Code code) {
    return code.getNumber() >= Code.BAD_REQUEST_VALUE
        && code.getNumber() < Code.INTERNAL_ERROR_VALUE
        && code != Code.REQUEST_TIMEOUT;
  }

  /** Proxies pass on in words what brokers answer. */
  private static RocketMqError byWords(String said) {
    if (Answers.evaluatesNoSql(said)) {
      return RocketMqError.SQL_FILTER_DISABLED;
    }
    return said.contains("service not available now")
        ? RocketMqError.NOT_WRITABLE
        : RocketMqError.UNEXPECTED_ANSWER;
  }
}
