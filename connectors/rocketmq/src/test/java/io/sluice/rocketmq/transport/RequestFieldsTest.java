package io.sluice.rocketmq.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.sluice.rocketmq.client.ClientPool;
import io.sluice.rocketmq.route.Routes;
import io.sluice.sdk.instance.Acl;
import io.sluice.sdk.instance.Namespace;
import io.sluice.sdk.instance.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.apache.rocketmq.acl.common.AclUtils;
import org.apache.rocketmq.acl.common.SessionCredentials;
import org.apache.rocketmq.remoting.netty.NettyRemotingServer;
import org.apache.rocketmq.remoting.netty.NettyRequestProcessor;
import org.apache.rocketmq.remoting.netty.NettyServerConfig;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What reaches a server beside what is asked. */
class RequestFieldsTest {
  private final CompletableFuture<RemotingCommand> received = new CompletableFuture<>();
  private NettyRemotingServer server;

  @BeforeEach
  void start() {
    NettyServerConfig config = new NettyServerConfig();
    config.setBindAddress("127.0.0.1");
    config.setListenPort(0);
    server = new NettyRemotingServer(config);
    server.registerDefaultProcessor(new Listener(), Executors.newSingleThreadExecutor());
    server.start();
  }

  @AfterEach
  void stop() {
    server.shutdown();
  }

  private final class Listener implements NettyRequestProcessor {
    @Override
    public RemotingCommand processRequest(ChannelHandlerContext context, RemotingCommand request) {
      received.complete(request);
      return RemotingCommand.createResponseCommand(ResponseCode.TOPIC_NOT_EXIST, "nothing here");
    }

    @Override
    public boolean rejectRequest() {
      return false;
    }
  }

  private RemotingCommand sent(Reach reach) {
    try (ClientPool.Lease lease =
        new ClientPool().lease(reach.instance(), ClientPool.Side.SOURCE)) {
      assertThat(Routes.find(lease.client(), "orders").join()).isEmpty();
      return received.join();
    }
  }

  private Reach reach() {
    return Reach.plaintext("127.0.0.1:" + server.localListenPort());
  }

  @Test
  void temporaryKeysGoWithTheirTokenWhichIsSigned() {
    Acl acl = new Acl(Secret.of("key"), Secret.of("secret"), Optional.of(Secret.of("a-token")));

    RemotingCommand request = sent(reach().as(acl));

    Map<String, String> fields = request.getExtFields();
    assertThat(fields).containsEntry(SessionCredentials.SECURITY_TOKEN, "a-token");
    SortedMap<String, String> signed = new TreeMap<>(fields);
    String signature = signed.remove(SessionCredentials.SIGNATURE);
    assertThat(signature)
        .isEqualTo(
            AclUtils.calSignature(AclUtils.combineRequestContent(request, signed), "secret"));
  }

  @Test
  void aNamespaceOfOldIsPartOfTheNames() {
    Map<String, String> fields = sent(reach().in(new Namespace.Prefix("MQ_INST_1"))).getExtFields();

    assertThat(fields).containsEntry("topic", "MQ_INST_1%orders").doesNotContainKey("ns");
  }

  @Test
  void aNamespaceOfTodayGoesBesideTheNames() {
    Map<String, String> fields = sent(reach().in(new Namespace.Header("rmq-cn-1"))).getExtFields();

    assertThat(fields)
        .containsEntry("topic", "orders")
        .containsEntry("nsd", "true")
        .containsEntry("ns", "rmq-cn-1");
  }
}
