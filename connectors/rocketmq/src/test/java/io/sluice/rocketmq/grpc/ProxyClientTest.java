package io.sluice.rocketmq.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import apache.rocketmq.v2.Resource;
import io.sluice.rocketmq.transport.Reach;
import io.sluice.sdk.instance.Namespace;
import org.junit.jupiter.api.Test;

/** How topics and groups are called by gRPC. */
class ProxyClientTest {
  private static final Reach REACH = Reach.plaintext("127.0.0.1:8081");

  private static Resource orders(Reach reach) {
    ProxyClient client = new ProxyClient(reach.proxied());
    try {
      return client.resource("orders");
    } finally {
      client.close();
    }
  }

  @Test
  void aNamespaceOfTodayGoesBesideTheNames() {
    assertThat(orders(REACH.in(new Namespace.Header("rmq-cn-1"))))
        .isEqualTo(
            Resource.newBuilder().setName("orders").setResourceNamespace("rmq-cn-1").build());
  }

  @Test
  void aNamespaceOfOldIsPartOfTheNames() {
    assertThat(orders(REACH.in(new Namespace.Prefix("MQ_INST_1"))))
        .isEqualTo(Resource.newBuilder().setName("MQ_INST_1%orders").build());
  }

  @Test
  void withoutANamespaceNamesArePlain() {
    assertThat(orders(REACH)).isEqualTo(Resource.newBuilder().setName("orders").build());
  }
}
