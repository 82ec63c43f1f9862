package io.sluice.rocketmq.client;

import io.sluice.rocketmq.RocketMqError;
import io.sluice.rocketmq.transport.TransportFault;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Instance;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.rocketmq.remoting.exception.RemotingConnectException;
import org.apache.rocketmq.remoting.exception.RemotingSendRequestException;
import org.apache.rocketmq.remoting.exception.RemotingTimeoutException;
import org.apache.rocketmq.remoting.exception.RemotingTooMuchRequestException;

/** Tells apart why a call brought no answer. */
public final class CallFailure {
  private CallFailure() {}

  /**
   * Whether the request certainly did not reach the broker. Everything else, a broken connection as
   * well as silence, may have been executed.
   */
  public static boolean certainlyNotSent(Throwable failure) {
    Throwable cause = unwrap(failure);
    return cause instanceof RemotingConnectException
        || cause instanceof RemotingTooMuchRequestException;
  }

  /** Whether the call failed together with the connection that carried it. */
  static boolean connectionIsLost(Throwable failure) {
    return unwrap(failure) instanceof RemotingSendRequestException;
  }

  /** The failure in Sluice's words. */
  public static SluiceException translate(Throwable failure, RemotingClient client, String whom) {
    Throwable cause = unwrap(failure);
    if (cause instanceof SluiceException known) {
      return known;
    }
    Location place = new Location.Named("instance " + client.instance().name());
    if (cause.getCause() instanceof TransportFault fault) {
      String where = fault.code() == RocketMqError.TIMEOUT ? whereabouts(client) : "";
      return new RetriableException(
          fault.code(), fault.getMessage() + where, place, fault.code().remedy(), cause);
    }
    if (cause instanceof RemotingTimeoutException) {
      return new RetriableException(
          RocketMqError.TIMEOUT,
          whom + " does not answer" + whereabouts(client),
          place,
          RocketMqError.TIMEOUT.remedy(),
          cause);
    }
    return new RetriableException(
        RocketMqError.UNREACHABLE,
        (cause instanceof RemotingConnectException
                ? "cannot connect to " + whom
                : "lost the connection to " + whom)
            + whereabouts(client),
        place,
        RocketMqError.UNREACHABLE.remedy(),
        cause);
  }

  private static String whereabouts(RemotingClient client) {
    return whereabouts(client.instance());
  }

  /** What of a cloud's network may be in the way of reaching an instance; may be empty. */
  public static String whereabouts(Instance instance) {
    return instance.vpc().map(vpc -> "; it stands in " + vpc.text()).orElse("");
  }

  /** The exception itself, without what futures wrap around it. */
  public static Throwable unwrap(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
