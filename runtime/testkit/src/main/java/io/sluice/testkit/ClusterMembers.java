package io.sluice.testkit;

import io.sluice.testkit.RocketmqClient.CallFailed;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.common.UtilAll;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RemotingSerializable;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.body.BrokerReplicasInfo;
import org.apache.rocketmq.remoting.protocol.body.ClusterInfo;
import org.apache.rocketmq.remoting.protocol.body.RegisterBrokerBody;
import org.apache.rocketmq.remoting.protocol.header.namesrv.RegisterBrokerRequestHeader;

/** Which brokers name servers and controllers know. Thread-safe; calls block. */
final class ClusterMembers {
  private final RocketmqClient client;

  ClusterMembers(RocketmqClient client) {
    this.client = client;
  }

  /** The brokers that a name server knows: by name, the address of each id; 0 is the master. */
  Map<String, Map<Long, String>> brokers(String address) throws CallFailed {
    RemotingCommand answer = client.call(address, RequestCode.GET_BROKER_CLUSTER_INFO, null, null);
    return ClusterInfo.decode(answer.getBody(), ClusterInfo.class)
        .getBrokerAddrTable()
        .entrySet()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, one -> one.getValue().getBrokerAddrs()));
  }

  /** Whether a name server answers, whatever it knows. */
  boolean answers(String nameServer) {
    try {
      client.call(nameServer, RequestCode.GET_BROKER_CLUSTER_INFO, null, null);
      return true;
    } catch (CallFailed silence) {
      return false;
    }
  }

  /** Registers a broker at a name server, with one topic, as a 4.x master does. */
  void register(String nameServer, String broker, String address, String topic, int queues)
      throws CallFailed {
    RegisterBrokerBody body = new RegisterBrokerBody();
    body.getTopicConfigSerializeWrapper()
        .getTopicConfigTable()
        .put(topic, new TopicConfig(topic, queues, queues));
    byte[] encoded = body.encode(false);
    RegisterBrokerRequestHeader header = new RegisterBrokerRequestHeader();
    header.setClusterName(broker);
    header.setBrokerName(broker);
    header.setBrokerAddr(address);
    header.setBrokerId(0L);
    header.setHaServerAddr(address);
    header.setCompressed(false);
    header.setBodyCrc32(UtilAll.crc32(encoded));
    client.call(nameServer, RequestCode.REGISTER_BROKER, header, encoded);
  }

  /** How many brokers of a name a controller would make the master, its present one among them. */
  int inStep(String controller, String broker) throws CallFailed {
    byte[] names = RemotingSerializable.encode(List.of(broker));
    RemotingCommand answer =
        client.call(controller, RequestCode.CONTROLLER_GET_SYNC_STATE_DATA, null, names);
    return BrokerReplicasInfo.decode(answer.getBody(), BrokerReplicasInfo.class)
        .getReplicasInfoTable()
        .get(broker)
        .getInSyncReplicas()
        .size();
  }
}
