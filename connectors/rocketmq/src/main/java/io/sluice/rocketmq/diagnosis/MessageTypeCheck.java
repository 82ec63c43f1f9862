package io.sluice.rocketmq.diagnosis;

import io.sluice.rocketmq.client.Answers;
import io.sluice.rocketmq.client.CallFailure;
import io.sluice.rocketmq.client.RemotingClient;
import io.sluice.rocketmq.route.Queue;
import io.sluice.sdk.diagnosis.CheckResult;
import io.sluice.sdk.diagnosis.Need;
import io.sluice.sdk.diagnosis.Verdict;
import io.sluice.sdk.error.SluiceException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.rocketmq.common.attribute.TopicMessageType;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RemotingSerializable;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.apache.rocketmq.remoting.protocol.header.GetTopicConfigRequestHeader;
import org.apache.rocketmq.remoting.protocol.statictopic.TopicConfigAndQueueMapping;

/** Target topics take the type of message that flows write. Topics of 4.x have no type. */
final class MessageTypeCheck implements Check {
  static final String NAME = "message type";

  private static final Set<TopicMessageType> WRITTEN =
      EnumSet.of(
          TopicMessageType.UNSPECIFIED,
          TopicMessageType.NORMAL,
          TopicMessageType.FIFO,
          TopicMessageType.MIXED);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> after() {
    return Place.BROKERS.answering();
  }

  @Override
  public List<CheckResult> make(Examination examination) {
    List<CheckResult> results = new ArrayList<>();
    for (Need.Writing need : examination.needs(Need.Writing.class)) {
      examination.samples(need.topic()).stream()
          .limit(1)
          .filter(queue -> hasTypes(examination, address(examination, queue)))
          .map(queue -> new CheckResult(name(), need.topic(), verdict(examination, queue)))
          .forEach(results::add);
    }
    return results;
  }

  private static boolean hasTypes(Examination examination, String address) {
    return examination.contact(Place.BROKERS, address).join() instanceof Contact.Answer answer
        && answer.isFive();
  }

  private static String address(Examination examination, Queue queue) {
    return examination.route(queue.topic()).flatMap(route -> route.address(queue)).orElseThrow();
  }

  private static Verdict verdict(Examination examination, Queue queue) {
    RemotingClient client = examination.client();
    GetTopicConfigRequestHeader header = new GetTopicConfigRequestHeader();
    header.setTopic(queue.topic());
    try {
      RemotingCommand answer =
          client
              .call(
                  address(examination, queue),
                  RequestCode.GET_TOPIC_CONFIG,
                  header,
                  null,
                  client.requestTimeout())
              .join();
      if (answer.getCode() != ResponseCode.SUCCESS) {
        SluiceException refusal =
            Answers.error(answer, client, "a question for the type of topic " + queue.topic());
        return new Verdict.NotChecked(refusal.message());
      }
      return judge(
          examination,
          queue.topic(),
          RemotingSerializable.decode(answer.getBody(), TopicConfigAndQueueMapping.class)
              .getTopicMessageType());
    } catch (RuntimeException failure) {
      return new Verdict.Failed(
          CallFailure.translate(failure, client, "broker " + address(examination, queue)));
    }
  }

  private static Verdict judge(Examination examination, String topic, TopicMessageType type) {
    return WRITTEN.contains(type)
        ? new Verdict.Passed(
            "takes " + (type == TopicMessageType.UNSPECIFIED ? "any type" : type.getValue()))
        : examination.failed(
            DiagnosisError.TOPIC_TYPE,
            "topic " + topic + " is for messages of type " + type.getValue());
  }
}
