package io.sluice.camel.sink;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.sluice.camel.CamelError;
import io.sluice.camel.endpoint.Concealment;
import io.sluice.camel.endpoint.EndpointAddress;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.sink.WriteResult;
import io.sluice.sdk.sink.WriteResult.NotStored;
import io.sluice.sdk.sink.WriteResult.Unknown;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.FailedToCreateProducerException;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.InvalidPayloadRuntimeException;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.TypeConversionException;
import org.apache.camel.component.netty.http.NettyHttpOperationFailedException;
import org.apache.camel.http.base.HttpOperationFailedException;

/**
 * What the failure of an exchange says of its records. Whatever leaves it open whether the server
 * has them is {@code Unknown}; only what rules it out is {@code NotStored}. Immutable.
 */
final class ExchangeFailures {
  private static final Set<Integer> NOT_NOW = Set.of(408, 425, 429, 503);
  private static final Set<Integer> OPEN = Set.of(500, 502, 504);
  private static final Set<Status.Code> REFUSED =
      EnumSet.of(
          Status.Code.INVALID_ARGUMENT,
          Status.Code.FAILED_PRECONDITION,
          Status.Code.OUT_OF_RANGE,
          Status.Code.NOT_FOUND,
          Status.Code.UNIMPLEMENTED,
          Status.Code.PERMISSION_DENIED,
          Status.Code.UNAUTHENTICATED);

  private final EndpointAddress address;
  private final Concealment concealment;

  /** What became of the records. */
  private enum Fate {
    NOT_TAKEN,
    REFUSED,
    OPEN
  }

  ExchangeFailures(EndpointAddress address, Concealment concealment) {
    this.address = address;
    this.concealment = concealment;
  }

  /** An exchange that ended with a failure. */
  WriteResult of(Position from, Throwable failure) {
    Throwable telling = failure;
    Optional<Fate> fate = Optional.empty();
    for (Throwable cause = failure; cause != null && fate.isEmpty(); cause = cause.getCause()) {
      telling = cause;
      fate = fate(cause);
    }
    String words = concealment.words(fate.isEmpty() ? failure : telling);
    return switch (fate.orElse(Fate.OPEN)) {
      case NOT_TAKEN ->
          new NotStored(from, retriable(CamelError.NOT_DELIVERED, "did not take it: " + words));
      case REFUSED ->
          new NotStored(
              from,
              new SluiceException(
                  CamelError.REFUSED, message("refuses it: " + words), Location.NONE));
      case OPEN ->
          new Unknown(
              from, retriable(CamelError.OUTCOME_UNKNOWN, "failed, perhaps after it: " + words));
    };
  }

  /** An exchange that did not end in time. */
  WriteResult late(Position from, Duration limit) {
    return new Unknown(
        from,
        retriable(CamelError.OUTCOME_UNKNOWN, "did not answer within " + limit.toSeconds() + " s"));
  }

  /** A write that nothing can be found out about. */
  SluiceException unresolvable() {
    return retriable(CamelError.OUTCOME_UNKNOWN, "cannot be asked what it has: it is sent again");
  }

  private RetriableException retriable(CamelError code, String words) {
    return new RetriableException(code, message(words), Location.NONE);
  }

  private String message(String words) {
    return address.shown() + " " + words;
  }

  private static Optional<Fate> fate(Throwable cause) {
    if (cause instanceof HttpOperationFailedException http) {
      return Optional.of(fate(http.getStatusCode()));
    }
    if (cause instanceof NettyHttpOperationFailedException http) {
      return Optional.of(fate(http.getStatusCode()));
    }
    if (cause instanceof StatusRuntimeException grpc) {
      return fate(grpc.getStatus().getCode());
    }
    if (cause instanceof ConnectException
        || cause instanceof UnknownHostException
        || cause instanceof NoRouteToHostException
        || cause instanceof UnresolvedAddressException
        || cause instanceof FailedToCreateProducerException
        || cause instanceof org.apache.hc.client5.http.ConnectTimeoutException) {
      return Optional.of(Fate.NOT_TAKEN);
    }
    boolean unfit =
        cause instanceof InvalidPayloadException
            || cause instanceof InvalidPayloadRuntimeException
            || cause instanceof NoTypeConversionAvailableException
            || cause instanceof TypeConversionException;
    return unfit ? Optional.of(Fate.REFUSED) : Optional.empty();
  }

  private static Fate fate(int httpStatus) {
    if (NOT_NOW.contains(httpStatus)) {
      return Fate.NOT_TAKEN;
    }
    return OPEN.contains(httpStatus) ? Fate.OPEN : Fate.REFUSED;
  }

  /** Empty if the cause behind the status may tell more. */
  private static Optional<Fate> fate(Status.Code code) {
    if (REFUSED.contains(code)) {
      return Optional.of(Fate.REFUSED);
    }
    return code == Status.Code.RESOURCE_EXHAUSTED ? Optional.of(Fate.NOT_TAKEN) : Optional.empty();
  }
}
