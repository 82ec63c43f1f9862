package io.sluice.rocketmq;

import static io.sluice.rocketmq.ProxiedServers.BOTH;
import static io.sluice.rocketmq.ProxiedServers.BOTH_IN_NAMESPACE;
import static io.sluice.rocketmq.ProxiedServers.GRPC;
import static io.sluice.rocketmq.ProxiedServers.GRPC_IN_NAMESPACE;
import static io.sluice.rocketmq.ProxiedServers.NAMESPACE;
import static io.sluice.rocketmq.ProxiedServers.REMOTING;
import static io.sluice.rocketmq.ProxiedServers.REMOTING_IN_NAMESPACE;
import static io.sluice.rocketmq.ProxiedServers.all;
import static io.sluice.rocketmq.ProxiedServers.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.sdk.source.PartitionProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageAccessor;
import org.apache.rocketmq.common.message.MessageConst;
import org.apache.rocketmq.common.message.MessageExt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Copies through a real proxy, by gRPC. */
class GrpcCopyTest {
  private static final int QUEUES = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @RegisterExtension static final ProxiedServers SERVERS = new ProxiedServers();

  /** What gRPC carries. */
  private record Carried(
      String body, String tags, String keys, String uniqueKey, Map<String, String> properties) {
    static Carried of(MessageExt message) {
      Map<String, String> properties = new HashMap<>(message.getProperties());
      properties.keySet().removeAll(MessageConst.STRING_HASH_SET);
      properties.remove("_sluice");
      return new Carried(
          Topics.Content.of(message).body(),
          message.getTags(),
          message.getKeys(),
          message.getProperty(MessageConst.PROPERTY_UNIQ_CLIENT_MESSAGE_ID_KEYIDX),
          properties);
    }
  }

  private static List<Carried> carried(String topic) throws Exception {
    List<Carried> all = new ArrayList<>();
    for (int queue = 0; queue < SERVERS.topics().queues(topic); queue++) {
      SERVERS.topics().messages(topic, queue).forEach(message -> all.add(Carried.of(message)));
    }
    return all;
  }

  private static void send(String topic, int count) throws Exception {
    Random random = new Random(7);
    for (int queue = 0; queue < QUEUES; queue++) {
      List<Message> batch = new ArrayList<>();
      for (int number = 0; number < count / QUEUES; number++) {
        byte[] body = new byte[1 + random.nextInt(500)];
        random.nextBytes(body);
        Message message = new Message(topic, "tag" + number % 3, "key-" + number + " other", body);
        message.putUserProperty("queue", Integer.toString(queue));
        message.putUserProperty("text", "äöü 你好 \\ \" " + number);
        batch.add(message);
      }
      SERVERS.topics().send(batch, queue);
    }
  }

  private static void awaitSize(String topic, int size) {
    await(topic).atMost(PATIENCE).until(() -> SERVERS.topics().size(topic) >= size);
  }

  @Test
  void carriesBodiesTagsKeysIdsAndPropertiesThereAndBack() throws Exception {
    for (String topic : List.of("there", "by_grpc", "grpc_again", "back")) {
      SERVERS.brokers().createTopic(topic, QUEUES);
    }
    send("there", 400);

    SERVERS.started(all(REMOTING, "there"), to(GRPC, "by_grpc"));
    awaitSize("by_grpc", 400);
    assertThat(carried("by_grpc")).containsExactlyInAnyOrderElementsOf(carried("there"));

    SERVERS.started(all(BOTH, "by_grpc"), to(GRPC, "grpc_again"));
    awaitSize("grpc_again", 400);
    assertThat(carried("grpc_again")).containsExactlyInAnyOrderElementsOf(carried("there"));

    SERVERS.started(all(BOTH, "grpc_again"), to(REMOTING, "back"));
    awaitSize("back", 400);
    assertThat(carried("back")).containsExactlyInAnyOrderElementsOf(carried("there"));
  }

  @Test
  void aNamespaceIsTheSameByBothProtocols() throws Exception {
    for (String topic : List.of("plain", "read", "read_by_grpc")) {
      SERVERS.brokers().createTopic(topic, QUEUES);
    }
    for (String topic : List.of("spaced", "spaced_again")) {
      SERVERS.brokers().createTopic(NAMESPACE + "%" + topic, QUEUES);
    }
    send("plain", 100);

    SERVERS.started(all(REMOTING, "plain"), to(GRPC_IN_NAMESPACE, "spaced"));
    awaitSize(NAMESPACE + "%spaced", 100);
    SERVERS.started(all(REMOTING_IN_NAMESPACE, "spaced"), to(REMOTING, "read"));
    awaitSize("read", 100);
    assertThat(carried("read")).containsExactlyInAnyOrderElementsOf(carried("plain"));

    SERVERS.started(all(REMOTING, "read"), to(REMOTING_IN_NAMESPACE, "spaced_again"));
    awaitSize(NAMESPACE + "%spaced_again", 100);
    SERVERS.started(all(BOTH_IN_NAMESPACE, "spaced_again"), to(REMOTING, "read_by_grpc"));
    awaitSize("read_by_grpc", 100);
    assertThat(carried("read_by_grpc")).containsExactlyInAnyOrderElementsOf(carried("plain"));
  }

  @Test
  void keepsTheOrderOfMessageGroups() throws Exception {
    for (String topic : List.of("ordered", "ordered_grpc", "ordered_back")) {
      SERVERS.brokers().createTopic(topic, QUEUES, "FIFO");
    }
    for (int queue = 0; queue < QUEUES; queue++) {
      List<Message> batch = new ArrayList<>();
      for (int number = 0; number < 100; number++) {
        Message message = new Message("ordered", Integer.toString(number).getBytes());
        MessageAccessor.putProperty(
            message, MessageConst.PROPERTY_SHARDING_KEY, "group-" + queue + "-" + number % 3);
        batch.add(message);
      }
      SERVERS.topics().send(batch, queue);
    }

    SERVERS.started(all(REMOTING, "ordered"), to(GRPC, "ordered_grpc"));
    awaitSize("ordered_grpc", 400);
    assertInOrder("ordered_grpc");
    SERVERS.started(all(BOTH, "ordered_grpc"), to(REMOTING, "ordered_back"));
    awaitSize("ordered_back", 400);
    assertInOrder("ordered_back");
  }

  @Test
  void tellsWhenNothingIsLeft() throws Exception {
    SERVERS.brokers().createTopic("finite", QUEUES);
    SERVERS.brokers().createTopic("finite_copy", QUEUES);
    send("finite", 100);

    DirectFlow flow = SERVERS.started(all(BOTH, "finite"), to(REMOTING, "finite_copy"));

    awaitSize("finite_copy", 100);
    assertThat(lags(flow)).containsOnly(OptionalLong.empty());
    // As long as another member of the group could have kept messages to itself.
    await().atMost(PATIENCE).until(() -> lags(flow).equals(Set.of(OptionalLong.of(0))));
    send("finite", 4);
    awaitSize("finite_copy", 104);
    assertThat(lags(flow)).containsOnly(OptionalLong.empty());
  }

  private static Set<OptionalLong> lags(DirectFlow flow) {
    return flow.source().progress().stream()
        .map(PartitionProgress::lag)
        .collect(Collectors.toSet());
  }

  private static void assertInOrder(String topic) throws Exception {
    Set<String> groups = new HashSet<>();
    for (int queue = 0; queue < QUEUES; queue++) {
      Map<String, List<Integer>> numbers = new HashMap<>();
      for (MessageExt message : SERVERS.topics().messages(topic, queue)) {
        numbers
            .computeIfAbsent(
                message.getProperty(MessageConst.PROPERTY_SHARDING_KEY), key -> new ArrayList<>())
            .add(Integer.valueOf(new String(message.getBody())));
      }
      numbers.forEach(
          (group, of) -> {
            assertThat(groups.add(group)).as(group + " stands in one queue").isTrue();
            assertThat(of).as(group).isSorted().doesNotHaveDuplicates();
          });
    }
    assertThat(groups).hasSize(3 * QUEUES);
  }
}
