package io.sluice.broker;

import org.apache.rocketmq.store.ha.DefaultHAService;

/**
 * RocketMQ's replication to slaves, which an integrated broker does not have. The default opens a
 * port on every interface of the machine.
 *
 * <p>Found by RocketMQ's own service lookup, {@code META-INF/service/}; public for it alone.
 */
public final class NoReplication extends DefaultHAService {

  @Override
  public void start() {
    // Neither a port nor threads.
  }
}
