package io.sluice.rocketmq.diagnosis;

import io.sluice.rocketmq.RocketMqError;
import io.sluice.rocketmq.client.Answers;
import io.sluice.rocketmq.client.CallFailure;
import io.sluice.rocketmq.filter.BrokerFilter;
import io.sluice.rocketmq.pull.QueuePuller;
import io.sluice.rocketmq.route.TopicRoute;
import io.sluice.sdk.error.SluiceException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.rocketmq.common.TopicFilterType;
import org.apache.rocketmq.common.constant.PermName;
import org.apache.rocketmq.common.topic.TopicValidator;
import org.apache.rocketmq.remoting.CommandCustomHeader;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.header.CreateTopicRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.SendMessageRequestHeaderV2;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what the credentials permit by requests that change nothing: brokers ask for permission
 * first, and refuse the rest of these requests whoever sends them. Blocks.
 */
final class Rights {

  /** No queue has this number, so that no message is stored. */
  private static final int NO_QUEUE = Integer.MAX_VALUE;

  private final Examination examination;

  Rights(Examination examination) {
    this.examination = examination;
  }

  /** Why some broker does not let a topic be read; empty if all do. */
  Optional<SluiceException> refusalToRead(String topic, String group, BrokerFilter filter) {
    TopicRoute route = examination.route(topic).orElseThrow();
    QueuePuller puller =
        new QueuePuller(examination.client(), group, filter, queue -> route.address(queue));
    return first(
        examination.samples(topic),
        queue -> refusal(() -> Examination.await(puller.pull(queue, 0, 1, false))));
  }

  /** Why some broker does not let a topic be written; empty if all do. */
  Optional<SluiceException> refusalToWrite(String topic) {
    TopicRoute route = examination.route(topic).orElseThrow();
    SendMessageRequestHeaderV2 header = new SendMessageRequestHeaderV2();
    header.setA("sluice");
    header.setB(topic);
    header.setC(TopicValidator.AUTO_CREATE_TOPIC_KEY_TOPIC);
    header.setD(1);
    header.setE(NO_QUEUE);
    header.setF(0);
    header.setG(examination.clock().millis());
    header.setH(0);
    header.setJ(0);
    header.setK(false);
    header.setM(false);
    return first(
        examination.samples(topic),
        queue ->
            refusal(
                route.address(queue).orElseThrow(),
                RequestCode.SEND_MESSAGE_V2,
                header,
                new byte[1],
                "a message for " + topic));
  }

  /** Why some broker does not let a topic be created; empty if all do. */
  Optional<SluiceException> refusalToCreate(String topic) {
    return first(
        examination.addresses(Place.BROKERS),
        address ->
            refusal(
                address,
                RequestCode.UPDATE_AND_CREATE_TOPIC,
                creation(topic, address),
                null,
                "the creation of topic " + topic));
  }

  /**
   * A creation that no broker carries out. Which field brokers look at only after they have asked
   * for permission depends on their generation: 5.x reads the whole header for that, 4.x has no
   * attributes.
   */
  private CreateTopicRequestHeader creation(String topic, String address) {
    boolean hasAttributes =
        examination.contact(Place.BROKERS, address).join() instanceof Contact.Answer answer
            && answer.isFive();
    CreateTopicRequestHeader header = new CreateTopicRequestHeader();
    header.setTopic(topic);
    header.setDefaultTopic(TopicValidator.AUTO_CREATE_TOPIC_KEY_TOPIC);
    header.setReadQueueNums(1);
    header.setWriteQueueNums(1);
    header.setPerm(PermName.PERM_READ | PermName.PERM_WRITE);
    header.setTopicFilterType(hasAttributes ? TopicFilterType.SINGLE_TAG.name() : "none");
    header.setTopicSysFlag(0);
    header.setOrder(false);
    if (hasAttributes) {
      header.setAttributes("not an attribute");
    }
    return header;
  }

  private Optional<SluiceException> refusal(
      String address, int code, CommandCustomHeader header, byte @Nullable [] body, String what) {
    return refusal(
        () -> {
          RemotingCommand answer =
              Examination.await(
                  examination
                      .client()
                      .call(address, code, header, body, examination.client().requestTimeout())
                      .exceptionallyCompose(
                          failure -> {
                            throw CallFailure.translate(
                                failure, examination.client(), "broker " + address);
                          }));
          SluiceException error = Answers.error(answer, examination.client(), what);
          if (error.code() == RocketMqError.DENIED
              || error.code() == RocketMqError.UNAUTHENTICATED) {
            throw error;
          }
        });
  }

  private static Optional<SluiceException> refusal(Runnable request) {
    try {
      request.run();
      return Optional.empty();
    } catch (SluiceException refused) {
      return Optional.of(refused);
    }
  }

  private static <T> Optional<SluiceException> first(
      List<T> brokers, Function<T, Optional<SluiceException>> ask) {
    return brokers.stream().map(ask).flatMap(Optional::stream).findFirst();
  }
}
