package io.sluice.engine;

import io.sluice.sdk.error.SluiceException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands in the way of a flow: at most one trouble per place where things can go wrong. Spoken
 * of in the log when it begins and when the last one ends. Thread-safe.
 */
final class Troubles {
  private static final Logger LOG = LoggerFactory.getLogger(Troubles.class);

  private final String flow;
  private final Instances instances;
  private final Map<Object, SluiceException> current = new LinkedHashMap<>();
  private Optional<SluiceException> last = Optional.empty();
  private boolean fatal;

  Troubles(String flow, Instances instances) {
    this.flow = flow;
    this.instances = instances;
  }

  /**
   * There is trouble at a place, or still is.
   *
   * @param place whatever equals itself and nothing else
   */
  synchronized void at(Object place, SluiceException cause) {
    if (fatal) {
      return;
    }
    SluiceException shown = instances.redact(cause);
    boolean old = current.remove(place) != null || isSpokenOf(shown);
    current.put(place, shown);
    last = Optional.of(shown);
    if (!old) {
      LOG.warn("{}: {} {}", flow, shown, shown.suggestion());
    }
  }

  /** Whether a trouble of the same words lasts at another place: a server has many partitions. */
  private boolean isSpokenOf(SluiceException trouble) {
    return current.values().stream()
        .anyMatch(
            one -> one.code().equals(trouble.code()) && one.message().equals(trouble.message()));
  }

  /** The trouble at a place is over, if there was one. */
  synchronized void over(Object place) {
    if (current.remove(place) != null && current.isEmpty()) {
      LOG.info("{}: the trouble is over", flow);
    }
  }

  /** The troubles at these places are over, if there were any. */
  synchronized void overAt(Predicate<Object> places) {
    if (!fatal) {
      current.keySet().removeIf(places);
    }
  }

  /** The one error that ended the flow: it hides every other one, until all is over. */
  synchronized void fatal(SluiceException cause) {
    SluiceException shown = instances.redact(cause);
    current.clear();
    current.put(this, shown);
    last = Optional.of(shown);
    fatal = true;
    LOG.error("{}: {} {}", flow, shown, shown.suggestion());
  }

  /** Whatever was in the way belongs to the past: the flow starts anew. */
  synchronized void overAll() {
    current.clear();
    fatal = false;
  }

  /** The latest of the troubles that last, else the last one that there was. */
  synchronized Optional<SluiceException> latest() {
    return current.values().stream().reduce((older, newer) -> newer).or(() -> last);
  }

  synchronized boolean areThere() {
    return !current.isEmpty();
  }
}
