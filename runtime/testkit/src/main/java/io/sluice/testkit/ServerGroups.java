package io.sluice.testkit;

import io.sluice.testkit.RocketmqClient.CallFailed;
import org.apache.rocketmq.remoting.protocol.RemotingSerializable;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.header.GetSubscriptionGroupConfigRequestHeader;
import org.apache.rocketmq.remoting.protocol.subscription.SubscriptionGroupConfig;

/** The consumer groups of a broker of 5.x. Thread-safe; calls block. */
public final class ServerGroups {
  private final RocketmqClient client;
  private final String address;

  ServerGroups(RocketmqClient client, String address) {
    this.client = client;
    this.address = address;
  }

  /** Creates a group of which each queue's messages are handed out in order. */
  public void createOrdered(String group) {
    create(group, true);
  }

  /** Creates a group whose messages are handed out as it comes. */
  public void createUnordered(String group) {
    create(group, false);
  }

  private void create(String group, boolean ordered) {
    SubscriptionGroupConfig settings = new SubscriptionGroupConfig();
    settings.setGroupName(group);
    settings.setConsumeMessageOrderly(ordered);
    try {
      client.call(
          address,
          RequestCode.UPDATE_AND_CREATE_SUBSCRIPTIONGROUP,
          null,
          RemotingSerializable.encode(settings));
    } catch (CallFailed failure) {
      throw new IllegalStateException("Group %s is not created".formatted(group), failure);
    }
  }

  /** Whether a group that exists is one of which messages are handed out in order. */
  public boolean isOrdered(String group) {
    GetSubscriptionGroupConfigRequestHeader header = new GetSubscriptionGroupConfigRequestHeader();
    header.setGroup(group);
    try {
      byte[] answer =
          client.call(address, RequestCode.GET_SUBSCRIPTIONGROUP_CONFIG, header, null).getBody();
      return RemotingSerializable.decode(answer, SubscriptionGroupConfig.class)
          .isConsumeMessageOrderly();
    } catch (CallFailed failure) {
      throw new IllegalStateException("Group %s cannot be looked at".formatted(group), failure);
    }
  }
}
