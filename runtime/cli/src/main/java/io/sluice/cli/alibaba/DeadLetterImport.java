package io.sluice.cli.alibaba;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.flows.model.RunOptions.ErrorsTolerance;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dead-letter queues: {@code DeadLetterQueue}, which names a resource of the cloud. */
final class DeadLetterImport {
  private static final String FIELD = "DeadLetterQueue";
  private static final Pattern ROCKETMQ =
      Pattern.compile(
          "acs:mq:(?<region>[^:]*):[^:]*:/?instances/(?<instance>[^/]+)"
              + "/topic/(?<topic>[%|a-zA-Z0-9_-]{1,127})");
  private static final String DROPPED = "; a record that cannot be delivered is dropped";

  private final Instances instances;
  private final Losses losses;

  DeadLetterImport(Instances instances, Losses losses) {
    this.instances = instances;
    this.losses = losses;
  }

  /**
   * The block {@code deadLetterQueue}.
   *
   * @param source the block below {@code source.rocketmq}
   */
  Optional<ObjectNode> read(Fields options, ErrorsTolerance tolerance, ObjectNode source) {
    if (tolerance == ErrorsTolerance.NONE) {
      options.lose(FIELD, "has no effect, as the flow stops at a record that cannot be delivered");
      return Optional.empty();
    }
    return options
        .block(FIELD)
        .flatMap(
            queue -> {
              Optional<ObjectNode> made =
                  queue.text("Arn").flatMap(arn -> topic(arn, queue.path("Arn"), source));
              queue.loseAll(
                  "is about the cloud's own network",
                  "Network",
                  "VpcId",
                  "VSwitchIds",
                  "SecurityGroupId");
              queue.loseRest();
              return made;
            });
  }

  private Optional<ObjectNode> topic(String arn, String path, ObjectNode source) {
    Matcher matcher = ROCKETMQ.matcher(arn);
    if (!matcher.matches()) {
      losses.add(path, "is not a topic of RocketMQ" + DROPPED);
      return Optional.empty();
    }
    ObjectNode parameters =
        Json.object()
            .put("InstanceId", matcher.group("instance"))
            .put("RegionId", matcher.group("region"));
    String instance = instances.named(new Fields(path, parameters, losses), "dead-letters");
    String topic = matcher.group("topic");
    if (source.path("instance").asText().equals(instance)
        && source.path("topic").asText().equals(topic)) {
      losses.add(path, "is the topic that the flow reads" + DROPPED);
      return Optional.empty();
    }
    ObjectNode queue = Json.object();
    queue.putObject("rocketmq").put("instance", instance).put("topic", topic);
    return Optional.of(queue);
  }
}
