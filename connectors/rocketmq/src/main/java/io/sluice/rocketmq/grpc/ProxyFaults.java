package io.sluice.rocketmq.grpc;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.sluice.rocketmq.RocketMqError;
import io.sluice.rocketmq.client.Answers;
import io.sluice.rocketmq.client.CallFailure;
import io.sluice.rocketmq.transport.ProxyChannels;
import io.sluice.rocketmq.transport.TransportFault;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Instance;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Tells apart why a call to a proxy brought no answer, in Sluice's words. Thread-safe. */
final class ProxyFaults {
  /** How proxies from 5.5 on answer a member of a group that is not there. */
  private static final String NO_GROUP = "group not found";

  private final ProxyChannels channels;

  ProxyFaults(ProxyChannels channels) {
    this.channels = channels;
  }

  /** A future that fails with the reason, when it is found out, within seconds. */
  <A> CompletableFuture<A> explain(String address, ManagedChannel channel, Throwable failure) {
    Throwable cause = CallFailure.unwrap(failure);
    Status status = Status.fromThrowable(cause);
    if (isOfTheConnection(status)) {
      channels.discard(address, channel);
    }
    return switch (status.getCode()) {
      case UNAVAILABLE, UNKNOWN -> {
        boolean neverStood = channels.neverStood(address);
        yield fails(address, fault -> broken(address, fault, neverStood, cause));
      }
      // Where something other than HTTP/2 answers, such as a TLS alert.
      case INTERNAL ->
          fails(
              address,
              fault ->
                  fault.isPresent()
                      ? broken(address, fault, true, cause)
                      : refused(address, status, cause));
      default -> CompletableFuture.failedFuture(refused(address, status, cause));
    };
  }

  private <A> CompletableFuture<A> fails(
      String address, Function<Optional<TransportFault>, SluiceException> reason) {
    return channels
        .fault(address)
        .thenCompose(fault -> CompletableFuture.failedFuture(reason.apply(fault)));
  }

  /** Of a silent one, too: it may be dead without anybody having said so. */
  private static boolean isOfTheConnection(Status status) {
    return switch (status.getCode()) {
      case UNAVAILABLE, UNKNOWN, DEADLINE_EXCEEDED -> true;
      default -> false;
    };
  }

  private SluiceException broken(
      String address, Optional<TransportFault> fault, boolean neverStood, Throwable cause) {
    if (fault.isPresent()) {
      RocketMqError code = fault.get().code();
      return new RetriableException(
          code, fault.get().getMessage(), place(), code.remedy(), fault.get());
    }
    String where = CallFailure.whereabouts(channels.instance());
    return neverStood
        ? new RetriableException(
            RocketMqError.UNREACHABLE,
            "cannot connect to proxy " + address + where,
            place(),
            RocketMqError.UNREACHABLE.remedy(),
            cause)
        : new CallLost(
            RocketMqError.UNREACHABLE,
            "lost the connection to proxy " + address + where,
            place(),
            cause);
  }

  private SluiceException refused(String address, Status status, Throwable cause) {
    Instance instance = channels.instance();
    if (status.getCode() == Status.Code.DEADLINE_EXCEEDED
        || status.getCode() == Status.Code.CANCELLED) {
      return new CallLost(
          RocketMqError.TIMEOUT,
          "proxy " + address + " does not answer" + CallFailure.whereabouts(instance),
          place(),
          cause);
    }
    String said = Answers.hidden(String.valueOf(status.getDescription()), instance);
    RocketMqError code =
        switch (status.getCode()) {
          case UNAUTHENTICATED -> RocketMqError.UNAUTHENTICATED;
          case PERMISSION_DENIED -> RocketMqError.DENIED;
          case UNIMPLEMENTED -> RocketMqError.NO_PROXY;
          case INVALID_ARGUMENT ->
              said.contains(NO_GROUP)
                  ? RocketMqError.GROUP_MISSING
                  : RocketMqError.UNEXPECTED_ANSWER;
          default -> RocketMqError.UNEXPECTED_ANSWER;
        };
    return new CallLost(
        code, "proxy " + address + " answers " + status.getCode() + ", " + said, place(), cause);
  }

  private Location place() {
    return new Location.Named("instance " + channels.instance().name());
  }
}
