package io.sluice.testkit;

import io.sluice.testkit.ServerSecurity.User;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.rocketmq.common.MQVersion;
import org.apache.rocketmq.common.MixAll;
import org.apache.rocketmq.common.TopicFilterType;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.sysflag.PullSysFlag;
import org.apache.rocketmq.remoting.CommandCustomHeader;
import org.apache.rocketmq.remoting.exception.RemotingException;
import org.apache.rocketmq.remoting.netty.NettyClientConfig;
import org.apache.rocketmq.remoting.netty.NettyRemotingClient;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RemotingSerializable;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.apache.rocketmq.remoting.protocol.admin.TopicStatsTable;
import org.apache.rocketmq.remoting.protocol.body.AclInfo;
import org.apache.rocketmq.remoting.protocol.body.UserInfo;
import org.apache.rocketmq.remoting.protocol.header.CreateAclRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.CreateTopicRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.CreateUserRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.DeleteTopicRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.GetMaxOffsetRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.GetMinOffsetRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.GetTopicStatsInfoRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.PullMessageRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.SendMessageRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.SendMessageRequestHeaderV2;
import org.apache.rocketmq.remoting.protocol.header.namesrv.GetRouteInfoRequestHeader;
import org.apache.rocketmq.remoting.protocol.route.BrokerData;
import org.apache.rocketmq.remoting.protocol.route.QueueData;
import org.apache.rocketmq.remoting.protocol.route.TopicRouteData;
import org.jspecify.annotations.Nullable;

/**
 * Plain requests to the servers of one cluster, understood by every version since 4.8. Thread-safe.
 * Calls block for at most a few seconds.
 */
final class RocketmqClient implements AutoCloseable {
  private static final long TIMEOUT_MILLIS = 5_000;
  private static final int READ_AND_WRITE = 6;
  private static final int PULLED_MESSAGES = 32;
  private static final String DEFAULT_TOPIC = "TBW102";

  static {
    RocketmqLogs.silence();
    System.setProperty(
        RemotingCommand.REMOTING_VERSION_KEY, Integer.toString(MQVersion.CURRENT_VERSION));
  }

  private final List<String> nameServers;
  private final NettyRemotingClient remoting;

  /**
   * @param nameServer one address, or several that are separated by semicolons
   */
  RocketmqClient(String nameServer) {
    nameServers = List.of(nameServer.split(";"));
    remoting = ServerAccess.client(nameServers.get(0), new NettyClientConfig());
    remoting.start();
  }

  /** Says that a request was refused, or that it is unknown what became of it. */
  static final class CallFailed extends Exception {
    CallFailed(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** The master of each broker that has the topic, with the number of its queues. */
  List<Route> routes(String topic) throws CallFailed {
    GetRouteInfoRequestHeader header = new GetRouteInfoRequestHeader();
    header.setTopic(topic);
    RemotingCommand answer = callNameServer(RequestCode.GET_ROUTEINFO_BY_TOPIC, header);
    TopicRouteData data = TopicRouteData.decode(answer.getBody(), TopicRouteData.class);
    List<Route> routes = new ArrayList<>();
    for (QueueData queues : data.getQueueDatas()) {
      routes.add(
          new Route(
              queues.getBrokerName(),
              masterOf(queues.getBrokerName(), data),
              Math.max(queues.getReadQueueNums(), queues.getWriteQueueNums()),
              queues.getPerm()));
    }
    routes.sort(Comparator.comparing(Route::broker));
    return routes;
  }

  /** Where to find a topic. */
  record Route(String broker, String address, int queues, int permission) {}

  private static String masterOf(String broker, TopicRouteData data) throws CallFailed {
    for (BrokerData candidate : data.getBrokerDatas()) {
      String master = candidate.getBrokerAddrs().get(0L);
      if (candidate.getBrokerName().equals(broker) && master != null) {
        return master;
      }
    }
    throw new CallFailed(broker + " has no master", null);
  }

  /**
   * Creates a topic on the broker with this address, or changes the number of its queues.
   *
   * @param attributes as 5.x writes them, such as {@code +message.type=FIFO}; empty for none
   */
  void createTopic(String address, String name, int queues, String attributes) throws CallFailed {
    setTopic(
        address, name, new TopicSettings(queues, queues, READ_AND_WRITE, false, ""), attributes);
  }

  /** The same with all that can be set. */
  void setTopic(String address, String name, TopicSettings settings, String attributes)
      throws CallFailed {
    CreateTopicRequestHeader header = new CreateTopicRequestHeader();
    header.setTopic(name);
    header.setDefaultTopic(DEFAULT_TOPIC);
    header.setReadQueueNums(settings.readQueues());
    header.setWriteQueueNums(settings.writeQueues());
    header.setPerm(settings.permission());
    header.setTopicFilterType(TopicFilterType.SINGLE_TAG.name());
    header.setTopicSysFlag(0);
    header.setOrder(settings.ordered());
    if (!attributes.isEmpty()) {
      header.setAttributes(attributes);
    }
    call(address, RequestCode.UPDATE_AND_CREATE_TOPIC, header, null);
  }

  /** Adds a user who may do this with resources such as {@code Topic:orders}; 5.x. */
  void createUser(String address, User user, Map<String, List<String>> resources)
      throws CallFailed {
    CreateUserRequestHeader header = new CreateUserRequestHeader();
    header.setUsername(user.key());
    UserInfo info = UserInfo.of(user.key(), user.secret(), "Normal");
    call(address, RequestCode.AUTH_CREATE_USER, header, RemotingSerializable.encode(info));
    for (Map.Entry<String, List<String>> resource : resources.entrySet()) {
      CreateAclRequestHeader grant = new CreateAclRequestHeader();
      grant.setSubject("User:" + user.key());
      AclInfo acl =
          AclInfo.of(
              "User:" + user.key(),
              List.of(resource.getKey()),
              resource.getValue(),
              List.of(),
              "Allow");
      call(address, RequestCode.AUTH_CREATE_ACL, grant, RemotingSerializable.encode(acl));
    }
  }

  /** Deletes a topic with its messages from the broker with this address, and its route. */
  void deleteTopic(String address, String name) throws CallFailed {
    DeleteTopicRequestHeader header = new DeleteTopicRequestHeader();
    header.setTopic(name);
    call(address, RequestCode.DELETE_TOPIC_IN_BROKER, header, null);
    for (String nameServer : nameServers) {
      call(nameServer, RequestCode.DELETE_TOPIC_IN_NAMESRV, header, null);
    }
  }

  /** Changes a property of a running broker. */
  void configure(String address, String name, String value) throws CallFailed {
    byte[] property = (name + "=" + value).getBytes(StandardCharsets.UTF_8);
    call(address, RequestCode.UPDATE_BROKER_CONFIG, null, property);
  }

  /** Whether somebody answers there, whatever. */
  boolean answers(String address) {
    try {
      invoke(address, RequestCode.GET_BROKER_RUNTIME_INFO, null, null);
      return true;
    } catch (CallFailed silence) {
      return false;
    }
  }

  /** All queues of a topic, in the order of their brokers' names and their numbers. */
  List<TopicQueue> queues(String topic) throws CallFailed {
    return routes(topic).stream()
        .flatMap(
            route ->
                IntStream.range(0, route.queues())
                    .mapToObj(id -> new TopicQueue(topic, route.broker(), route.address(), id)))
        .toList();
  }

  /** The offset of the oldest message that the queue still holds. */
  long minOffset(TopicQueue queue) throws CallFailed {
    GetMinOffsetRequestHeader header = new GetMinOffsetRequestHeader();
    header.setTopic(queue.topic());
    header.setQueueId(queue.id());
    return offset(call(queue.address(), RequestCode.GET_MIN_OFFSET, header, null));
  }

  /** The offset that the queue's next message will get. */
  long maxOffset(TopicQueue queue) throws CallFailed {
    GetMaxOffsetRequestHeader header = new GetMaxOffsetRequestHeader();
    header.setTopic(queue.topic());
    header.setQueueId(queue.id());
    return offset(call(queue.address(), RequestCode.GET_MAX_OFFSET, header, null));
  }

  /** How many messages the queues of a topic hold together on the broker with this address. */
  long messages(String address, String topic) throws CallFailed {
    GetTopicStatsInfoRequestHeader header = new GetTopicStatsInfoRequestHeader();
    header.setTopic(topic);
    RemotingCommand answer = call(address, RequestCode.GET_TOPIC_STATS_INFO, header, null);
    return TopicStatsTable.decode(answer.getBody(), TopicStatsTable.class)
        .getOffsetTable()
        .values()
        .stream()
        .mapToLong(queue -> queue.getMaxOffset() - queue.getMinOffset())
        .sum();
  }

  private static long offset(RemotingCommand answer) {
    return Long.parseLong(answer.getExtFields().get("offset"));
  }

  /** The messages from an offset on, as many as the broker likes to give; at least one. */
  List<MessageExt> pull(TopicQueue queue, long offset) throws CallFailed {
    PullMessageRequestHeader header = new PullMessageRequestHeader();
    header.setConsumerGroup(MixAll.TOOLS_CONSUMER_GROUP);
    header.setTopic(queue.topic());
    header.setQueueId(queue.id());
    header.setQueueOffset(offset);
    header.setMaxMsgNums(PULLED_MESSAGES);
    header.setSysFlag(PullSysFlag.buildSysFlag(false, false, true, false));
    header.setCommitOffset(0L);
    header.setSuspendTimeoutMillis(0L);
    header.setSubscription("*");
    header.setSubVersion(0L);
    RemotingCommand answer = call(queue.address(), RequestCode.PULL_MESSAGE, header, null);
    return MessageDecoder.decodes(ByteBuffer.wrap(answer.getBody()));
  }

  /**
   * Stores messages as one batch, all or none; empty bodies are allowed.
   *
   * @return the offset of the first; the others follow
   */
  long send(TopicQueue queue, List<Message> messages) throws CallFailed {
    SendMessageRequestHeader header = sendHeader(queue);
    header.setProperties("");
    header.setBatch(true);
    return send(
        queue, RequestCode.SEND_BATCH_MESSAGE, header, MessageDecoder.encodeMessages(messages));
  }

  /**
   * Stores one message by itself.
   *
   * @param sysFlag says how the body is compressed, and the like
   * @return its offset
   */
  long send(TopicQueue queue, Message message, int sysFlag) throws CallFailed {
    SendMessageRequestHeader header = sendHeader(queue);
    header.setSysFlag(sysFlag);
    header.setFlag(message.getFlag());
    header.setProperties(MessageDecoder.messageProperties2String(message.getProperties()));
    return send(queue, RequestCode.SEND_MESSAGE_V2, header, message.getBody());
  }

  private static SendMessageRequestHeader sendHeader(TopicQueue queue) {
    SendMessageRequestHeader header = new SendMessageRequestHeader();
    header.setProducerGroup("testkit");
    header.setTopic(queue.topic());
    header.setDefaultTopic(DEFAULT_TOPIC);
    header.setDefaultTopicQueueNums(1);
    header.setQueueId(queue.id());
    header.setSysFlag(0);
    header.setBornTimestamp(System.currentTimeMillis());
    header.setFlag(0);
    header.setReconsumeTimes(0);
    header.setUnitMode(false);
    header.setBatch(false);
    return header;
  }

  private long send(TopicQueue queue, int code, SendMessageRequestHeader header, byte[] body)
      throws CallFailed {
    RemotingCommand answer =
        call(
            queue.address(),
            code,
            SendMessageRequestHeaderV2.createSendMessageRequestHeaderV2(header),
            body);
    return Long.parseLong(answer.getExtFields().get("queueOffset"));
  }

  /** The first good answer. */
  private RemotingCommand callNameServer(int code, CommandCustomHeader header) throws CallFailed {
    for (String nameServer : nameServers.subList(1, nameServers.size())) {
      try {
        return call(nameServer, code, header, null);
      } catch (CallFailed failure) {
        // The next one may know.
      }
    }
    return call(nameServers.get(0), code, header, null);
  }

  /** Any request; fails unless the answer is good. */
  RemotingCommand call(
      String address, int code, @Nullable CommandCustomHeader header, byte @Nullable [] body)
      throws CallFailed {
    RemotingCommand answer = invoke(address, code, header, body);
    if (answer.getCode() != ResponseCode.SUCCESS) {
      throw new CallFailed(
          "%s answers %d: %s".formatted(address, answer.getCode(), answer.getRemark()), null);
    }
    return answer;
  }

  private RemotingCommand invoke(
      String address, int code, @Nullable CommandCustomHeader header, byte @Nullable [] body)
      throws CallFailed {
    RemotingCommand request = RemotingCommand.createRequestCommand(code, header);
    request.setBody(body);
    try {
      return remoting.invokeSync(address, request, TIMEOUT_MILLIS);
    } catch (RemotingException failure) {
      throw new CallFailed("%s does not answer".formatted(address), failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while %s was asked".formatted(address));
    }
  }

  /** Returns at once; Netty takes seconds to end its threads. */
  @Override
  public void close() {
    Thread closer = new Thread(remoting::shutdown, "rocketmq-client-close");
    closer.setDaemon(true);
    closer.start();
  }
}
