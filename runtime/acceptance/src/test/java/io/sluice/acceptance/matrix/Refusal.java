package io.sluice.acceptance.matrix;

import io.sluice.testkit.Authority;
import io.sluice.testkit.TlsDoor;
import io.sluice.testkit.Turnstile;
import java.util.function.IntSupplier;

/**
 * A flow of which one side is not let in, with something at that side's door that counts. Closing
 * it closes the door.
 *
 * @param knocks how many connections have come
 * @param closing closes the door
 */
record Refusal(
    WrongCase wrong, Side side, InstanceDocument instance, IntSupplier knocks, Runnable closing)
    implements AutoCloseable {

  /** One at an end of these servers. */
  static Refusal of(WrongCase wrong, End end, Landscape landscape) {
    Side side = new Side(landscape.mode(), end);
    InstanceDocument right = landscape.instance(end, wrong.role()).named(name(wrong, side));
    InstanceDocument wronged = wrong.applyTo(right, landscape);
    if (wrong == WrongCase.EXPIRED) {
      Authority.Issued expired = landscape.authority().issueExpired(Landscape.HOST);
      TlsDoor door = new TlsDoor(expired.serverContext());
      return new Refusal(wrong, side, wronged.at(door.address()), door::knocks, door::close);
    }
    Turnstile door = Turnstile.before(landscape.address(end));
    String host = wrong == WrongCase.WRONG_NAME ? "localhost" : Landscape.HOST;
    return new Refusal(
        wrong, side, wronged.at(host + ":" + door.port()), door::passed, door::close);
  }

  /** Of the flow, and of the instance that refuses it. */
  String name() {
    return name(wrong, side);
  }

  private static String name(WrongCase wrong, Side side) {
    return side.key() + "_" + wrong.key();
  }

  /** The consumer group of the flow. */
  static String group(WrongCase wrong, Side side) {
    return FlowDocument.group(name(wrong, side));
  }

  /** The flow, between that instance and one that lets it in. */
  String document() {
    Side open = new Side(side.mode(), End.V550);
    String topic = Content.PORTABLE.topic();
    return switch (wrong.role()) {
      case READER ->
          // A new group by gRPC alone can begin nowhere else.
          new FlowDocument(name(), name(), topic, Role.WRITER.instance(open), Landscape.NOWHERE)
              .text("CONSUME_FROM_LAST_OFFSET");
      case WRITER ->
          new FlowDocument(name(), Role.READER.instance(open), topic, name(), Landscape.NOWHERE)
              .text();
    };
  }

  @Override
  public void close() {
    closing.run();
  }

  @Override
  public String toString() {
    return "%s, %s: %s".formatted(wrong, side, wrong.code());
  }
}
