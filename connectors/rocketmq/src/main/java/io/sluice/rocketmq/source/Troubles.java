package io.sluice.rocketmq.source;

import io.sluice.rocketmq.client.Serial;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.source.BatchReceiver;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is in the way of one source, at any number of its places, told to the engine as one trouble:
 * when it begins and when the last of it is over. Another server's trouble is another one, and told
 * besides. Thread-safe.
 */
public final class Troubles {
  private static final Logger log = LoggerFactory.getLogger(Troubles.class);

  private final String flow;
  private final String topic;
  private final BatchReceiver receiver;
  private final Map<Object, Trouble> places = new LinkedHashMap<>();
  private final Serial serial = new Serial(this::bug);
  private volatile Runnable first = () -> {};

  /**
   * @param server that it is about, if it is about one
   */
  private record Trouble(Optional<String> server, SluiceException cause) {}

  public Troubles(String flow, String topic, BatchReceiver receiver) {
    this.flow = flow;
    this.topic = topic;
    this.receiver = receiver;
  }

  /** What to do when the first of several places meets trouble. */
  public void onFirst(Runnable action) {
    first = action;
  }

  /** Something is in the way at a place, or still is. */
  public void at(Object place, SluiceException cause) {
    at(place, Optional.empty(), cause);
  }

  /** The same where it is a server's. */
  public void at(Object place, String server, SluiceException cause) {
    at(place, Optional.of(server), cause);
  }

  private void at(Object place, Optional<String> server, SluiceException cause) {
    serial.execute(
        () -> {
          boolean isNew = places.isEmpty() || isAnotherServer(server);
          places.put(place, new Trouble(server, cause));
          if (isNew) {
            tell(cause);
            first.run();
          }
        });
  }

  private boolean isAnotherServer(Optional<String> server) {
    return server.isPresent()
        && !isTroubled(server)
        && places.values().stream().anyMatch(trouble -> trouble.server().isPresent());
  }

  private boolean isTroubled(Optional<String> server) {
    return places.values().stream().anyMatch(trouble -> trouble.server().equals(server));
  }

  private void tell(SluiceException cause) {
    log.warn("{}: {}", flow, cause.toString());
    receiver.troubled(cause);
  }

  /** What was in the way at a place is over. */
  public void over(Object place) {
    serial.execute(
        () -> {
          Trouble over = places.remove(place);
          if (over != null && places.isEmpty()) {
            log.info("{}: reads {} again", flow, topic);
            receiver.recovered();
          } else if (over != null && over.server().isPresent() && !isTroubled(over.server())) {
            ofOtherServers(over.server().get());
          }
        });
  }

  /** Of two servers' troubles one is over. */
  private void ofOtherServers(String server) {
    places.values().stream()
        .filter(trouble -> trouble.server().isPresent())
        .findFirst()
        .ifPresent(
            left -> {
              log.info("{}: reads {} of {} again", flow, server, topic);
              receiver.troubled(left.cause());
            });
  }

  private void bug(RuntimeException failure) {
    log.error("{}: a trouble could not be told", flow, failure);
  }
}
