package io.sluice.rocketmq;

import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.instance.Timeouts;
import io.sluice.testkit.proxy.FaultProxy;
import java.time.Duration;
import java.util.List;

/**
 * A way on which much less fits, within the time of a request, than there could be under way.
 *
 * <p>A backlog of {@link #PER_QUEUE} messages in each of {@link #QUEUES} queues takes six seconds
 * to cross it.
 */
final class ThinWay implements AutoCloseable {
  static final int QUEUES = 48;

  /** Of each message. */
  static final int BYTES = 8192;

  private final FaultProxy proxy;
  private final Timeouts timeouts;

  /**
   * A way that is wide at first.
   *
   * @param request how long a request may take
   */
  ThinWay(String nameServerAddress, Duration request) {
    proxy = FaultProxy.before(nameServerAddress);
    timeouts = new Timeouts(Duration.ofSeconds(3), request);
  }

  /** From now on so many bytes cross it in a second, in each direction. */
  void narrow(long bytes) {
    proxy.bandwidth(bytes);
  }

  /** The instance as it is reached by this way. */
  Instance to(Instance instance) {
    return instance.toBuilder()
        .nameServers(instance.nameServers().isEmpty() ? List.of() : List.of(proxy.nameServer()))
        .proxies(instance.proxies().stream().map(proxy::broker).toList())
        .timeouts(timeouts)
        .build();
  }

  @Override
  public void close() {
    proxy.close();
  }
}
