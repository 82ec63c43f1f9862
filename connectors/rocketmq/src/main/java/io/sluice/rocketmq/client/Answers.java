package io.sluice.rocketmq.client;

import io.sluice.rocketmq.RocketMqError;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RefusedRecordException;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Instance;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.ResponseCode;

/** Error answers of name servers and brokers in Sluice's words, and the fields of good ones. */
public final class Answers {
  /**
   * By which words brokers say that they do not know who asks: 4.x within an AclException, 5.x with
   * the code of a missing permission. Both say other things as well in those ways.
   */
  private static final Pattern UNKNOWN_ASKER =
      Pattern.compile(
          "authentication failed|check signature failed|no accesskey is configured"
              + "|no acl config for|no plainaccessresource for|username cannot be null"
              + "|user:\\S+ is (not found|disable)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern REFUSED_BY_PROXY =
      Pattern.compile(
          UNKNOWN_ASKER.pattern() + "|has no permission to access", Pattern.CASE_INSENSITIVE);

  /** A topic that may only be read: that of the message (5.x), or any of the broker. */
  private static final String READ_ONLY = "sending message is forbidden";

  private Answers() {}

  /**
   * What an answer means that is not the hoped-for one.
   *
   * @param what what was asked, such as {@code "a pull of orders/broker-a/3"}
   */
  public static SluiceException error(RemotingCommand answer, RemotingClient client, String what) {
    Location place = new Location.Named("instance " + client.instance().name());
    String message = what + " was answered with " + hidden(text(answer), client.instance());
    return switch (answer.getCode()) {
      case ResponseCode.TOPIC_NOT_EXIST ->
          new RetriableException(RocketMqError.TOPIC_MISSING, message, place);
      case ResponseCode.SUBSCRIPTION_GROUP_NOT_EXIST ->
          new RetriableException(RocketMqError.GROUP_MISSING, message, place);
      case ResponseCode.NO_PERMISSION -> new RetriableException(refusal(answer), message, place);
      case ResponseCode.SYSTEM_BUSY, ResponseCode.FLOW_CONTROL ->
          new RetriableException(RocketMqError.BUSY, message, place);
      case ResponseCode.SERVICE_NOT_AVAILABLE ->
          new RetriableException(RocketMqError.NOT_WRITABLE, message, place);
      case ResponseCode.MESSAGE_ILLEGAL ->
          new RefusedRecordException(RocketMqError.REFUSED, message, place);
      case ResponseCode.INVALID_PARAMETER ->
          new SluiceException(RocketMqError.REFUSED, message, place);
      default -> new RetriableException(byRemark(answer), message, place);
    };
  }

  /** A number among an answer's fields. */
  public static long number(RemotingCommand answer, String field) {
    Map<String, String> fields = answer.getExtFields();
    String value = fields == null ? null : fields.get(field);
    if (value == null) {
      throw new IllegalStateException("an answer without " + field + ": " + text(answer));
    }
    return Long.parseLong(value);
  }

  /** What has no code of its own. */
  private static RocketMqError byRemark(RemotingCommand answer) {
    String remark = answer.getRemark() == null ? "" : answer.getRemark();
    // ACL 1.0 throws inside the broker, which becomes a SYSTEM_ERROR with the exception's name.
    // So do the refusals of a proxy's remoting port, without a name.
    if (remark.contains("AclException") || REFUSED_BY_PROXY.matcher(remark).find()) {
      return refusal(answer);
    }
    return evaluatesNoSql(remark)
        ? RocketMqError.SQL_FILTER_DISABLED
        : RocketMqError.UNEXPECTED_ANSWER;
  }

  /** Whether a broker says that it does not evaluate SQL expressions. */
  public static boolean evaluatesNoSql(String remark) {
    return remark.contains("does not support consumer to filter message by SQL92");
  }

  private static RocketMqError refusal(RemotingCommand answer) {
    return refusal(String.valueOf(answer.getRemark()));
  }

  /** Why somebody is refused, by the words of a broker or a proxy. */
  public static RocketMqError refusal(String remark) {
    if (remark.contains(READ_ONLY)) {
      return RocketMqError.TOPIC_READ_ONLY;
    }
    return UNKNOWN_ASKER.matcher(remark).find()
        ? RocketMqError.UNAUTHENTICATED
        : RocketMqError.DENIED;
  }

  /** A text of the server's without credentials: brokers name the access key they refuse (I9). */
  public static String hidden(String text, Instance instance) {
    return instance
        .acl()
        .map(
            acl ->
                Stream.of(
                        Optional.of(acl.secretKey()),
                        Optional.of(acl.accessKey()),
                        acl.securityToken())
                    .flatMap(Optional::stream)
                    .reduce(
                        text,
                        (shown, secret) -> shown.replace(secret.reveal(), secret.toString()),
                        (first, second) -> second))
        .orElse(text);
  }

  private static String text(RemotingCommand answer) {
    String remark = answer.getRemark();
    if (remark == null || remark.isBlank()) {
      return "code " + answer.getCode();
    }
    String firstLine = remark.strip().lines().findFirst().orElse("");
    return "code " + answer.getCode() + ", " + firstLine;
  }
}
