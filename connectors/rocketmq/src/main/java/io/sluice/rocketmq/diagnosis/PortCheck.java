package io.sluice.rocketmq.diagnosis;

import io.netty.channel.ConnectTimeoutException;
import io.sluice.rocketmq.RocketMqError;
import io.sluice.rocketmq.transport.TransportFault;
import io.sluice.sdk.diagnosis.Verdict;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The ports of servers open from here. */
final class PortCheck extends AddressCheck {
  private final List<String> after;

  PortCheck(Place place, String after) {
    super(place);
    this.after = List.of(after);
  }

  @Override
  public String name() {
    return place().port();
  }

  @Override
  public List<String> after() {
    return after;
  }

  @Override
  CompletableFuture<Verdict> look(Examination examination, String address) {
    return examination
        .reach(address)
        .thenApply(
            failure ->
                failure
                    .<Verdict>map(
                        why ->
                            why instanceof TransportFault fault
                                ? examination.failed(fault.code(), fault.getMessage())
                                : examination.failed(
                                    RocketMqError.UNREACHABLE,
                                    address + " does not open: " + words(why),
                                    InboundRule.text(examination.instance(), place(), address)))
                    .orElseGet(() -> new Verdict.Passed("opens")));
  }

  static String words(Throwable failure) {
    String text = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    if (failure instanceof ConnectTimeoutException) {
      return "no answer";
    }
    return text.startsWith("Connection refused") ? "connection refused" : text;
  }
}
