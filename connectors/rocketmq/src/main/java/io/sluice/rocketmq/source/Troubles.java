package io.sluice.rocketmq.source;

import io.sluice.rocketmq.client.Serial;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.source.BatchReceiver;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is in the way of one source, at any number of its places, told to the engine as one trouble:
 * when it begins and when the last of it is over. Thread-safe.
 */
public final class Troubles {
  private static final Logger log = LoggerFactory.getLogger(Troubles.class);

  private final String flow;
  private final String topic;
  private final BatchReceiver receiver;
  private final Set<Object> places = new HashSet<>();
  private final Serial serial = new Serial(this::bug);
  private volatile Runnable first = () -> {};

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
    serial.execute(
        () -> {
          boolean isFirst = places.isEmpty();
          places.add(place);
          if (isFirst) {
            log.warn("{}: {}", flow, cause.toString());
            receiver.troubled(cause);
            first.run();
          }
        });
  }

  /** What was in the way at a place is over. */
  public void over(Object place) {
    serial.execute(
        () -> {
          if (places.remove(place) && places.isEmpty()) {
            log.info("{}: reads {} again", flow, topic);
            receiver.recovered();
          }
        });
  }

  private void bug(RuntimeException failure) {
    log.error("{}: a trouble could not be told", flow, failure);
  }
}
