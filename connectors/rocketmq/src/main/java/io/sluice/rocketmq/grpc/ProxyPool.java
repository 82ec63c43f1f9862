package io.sluice.rocketmq.grpc;

import io.sluice.rocketmq.client.Pool;
import io.sluice.sdk.instance.Instance;

/** The clients that speak gRPC. Thread-safe. */
public final class ProxyPool extends Pool<ProxyClient> {
  @Override
  protected ProxyClient open(Instance instance) {
    return new ProxyClient(instance);
  }

  @Override
  protected void end(ProxyClient client) {
    client.close();
  }
}
