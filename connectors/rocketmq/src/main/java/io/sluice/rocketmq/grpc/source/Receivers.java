package io.sluice.rocketmq.grpc.source;

import apache.rocketmq.v2.Message;
import io.sluice.rocketmq.grpc.ProxyRoute;
import io.sluice.rocketmq.source.Troubles;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.source.InFlight;
import io.sluice.sdk.time.Scheduler;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The receivers of a source, one for each broker, and the lanes that they fill. Thread-safe. */
final class Receivers implements Receiver.Listener {
  private final Receiver.Calls calls;
  private final Lanes lanes;
  private final Troubles troubles;
  private final InFlight inFlight;
  private final Scheduler scheduler;
  private final Consumer<RuntimeException> bugs;
  private final ConcurrentMap<String, Receiver> receivers = new ConcurrentHashMap<>();
  private final Set<Receiver> starving = ConcurrentHashMap.newKeySet();
  private volatile boolean paused;
  private volatile boolean stopped;

  /**
   * @param bugs told of what should not happen
   */
  Receivers(
      Receiver.Calls calls,
      Lanes lanes,
      Troubles troubles,
      InFlight inFlight,
      Scheduler scheduler,
      Consumer<RuntimeException> bugs) {
    this.calls = calls;
    this.lanes = lanes;
    this.troubles = troubles;
    this.inFlight = inFlight;
    this.scheduler = scheduler;
    this.bugs = bugs;
  }

  /** Receives from the brokers of a route, too. */
  void addAll(ProxyRoute route) {
    for (String broker : route.proxies().keySet()) {
      Receiver receiver =
          receivers.computeIfAbsent(
              broker, absent -> new Receiver(broker, calls, inFlight, scheduler, this));
      receiver.has(
          (int) route.readable().stream().filter(queue -> queue.broker().equals(broker)).count());
      if (!paused) {
        receiver.proceed();
      }
    }
    if (stopped) {
      stop();
    }
  }

  /** Whether no broker has anything more for the group. */
  boolean areDrained() {
    return !receivers.isEmpty() && receivers.values().stream().allMatch(Receiver::isDrained);
  }

  void pause() {
    paused = true;
    receivers.values().forEach(Receiver::pause);
    lanes.forEach(Lane::pause);
  }

  void resume() {
    paused = false;
    receivers.values().forEach(Receiver::resume);
    lanes.forEach(Lane::resume);
  }

  /** Receives nothing more. */
  void stop() {
    stopped = true;
    receivers.values().forEach(Receiver::stop);
  }

  /** Messages are acknowledged, or may come again, and there may be room in flight. */
  void letGo(List<Received> messages) {
    messages.stream()
        .collect(Collectors.groupingBy(Received::broker))
        .forEach((broker, of) -> receivers.get(broker).letGo(of));
    roomFreed();
  }

  private void roomFreed() {
    for (Receiver receiver : List.copyOf(starving)) {
      if (starving.remove(receiver)) {
        receiver.proceed();
      }
    }
  }

  @Override
  public void received(String broker, List<Message> messages, long since) {
    lanes.received(broker, messages, since);
  }

  @Override
  public void starves(Receiver receiver) {
    starving.add(receiver);
    if (inFlight.records() == 0) {
      roomFreed(); // the last was released meanwhile
    }
  }

  @Override
  public void troubled(String broker, SluiceException cause) {
    troubles.at(broker, cause);
  }

  @Override
  public void recovered(String broker) {
    troubles.over(broker);
  }

  @Override
  public void broken(RuntimeException bug) {
    bugs.accept(bug);
  }
}
