package io.sluice.rocketmq.client;

import io.sluice.sdk.instance.Instance;

/** The clients that speak remoting. Thread-safe. */
public final class ClientPool extends Pool<RemotingClient> {
  @Override
  protected RemotingClient open(Instance instance) {
    return new RemotingClient(instance);
  }

  @Override
  protected void end(RemotingClient client) {
    client.close();
  }
}
