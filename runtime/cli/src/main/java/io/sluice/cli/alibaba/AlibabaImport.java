package io.sluice.cli.alibaba;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.CommandError;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes a flow file of documents of EventBridge's API. For one file. */
public final class AlibabaImport {
  private static final String SOURCE = "SourceRocketMQParameters";
  private static final String SINK = "SinkRocketMQParameters";
  private static final String NO_FUNCTIONS = "is not called; the record goes to the sink as it is";

  private final String file;
  private final Losses losses = new Losses();
  private final Instances instances = new Instances(losses);
  private final SourceImport sources = new SourceImport(instances, losses);
  private final SinkImport sinks = new SinkImport(instances, losses);
  private final RunOptionsImport runOptions = new RunOptionsImport(instances, losses);
  private final List<FlowDocument> flows = new ArrayList<>();
  private final Map<String, ObjectNode> sourcesOfBuses = new HashMap<>();

  private AlibabaImport(String file) {
    this.file = file;
  }

  /**
   * A flow file.
   *
   * @param yaml its text
   * @param losses what it cannot say
   */
  public record Imported(String yaml, List<Loss> losses) {
    public Imported {
      losses = List.copyOf(losses);
    }
  }

  /**
   * Imports a document, or a list of them.
   *
   * @param file name of the file, for errors and the comment on top
   * @throws SluiceException if there is nothing that a flow file could say
   */
  public static Imported of(String file, String text) {
    return new AlibabaImport(file).all(Json.read(file, text));
  }

  private Imported all(JsonNode json) {
    List<Fields> documents = new ArrayList<>();
    for (JsonNode document : json.isArray() ? json : List.of(json)) {
      // Answers of Get… operations hold the same as the requests below this field.
      JsonNode data = document.path("Data").isObject() ? document.path("Data") : document;
      documents.add(new Fields("", data, losses));
    }
    List<Fields> sources =
        documents.stream().filter(document -> document.has("EventSourceName")).toList();
    sources.forEach(this::source);
    documents.removeAll(sources);
    documents.forEach(this::document);
    if (flows.isEmpty()) {
      List<Loss> lost = losses.all();
      throw invalid(
          "Nothing of it can be a flow"
              + (lost.isEmpty() ? "." : ": " + lost.get(lost.size() - 1) + "."));
    }
    String yaml =
        heading()
            + Stream.concat(instances.documents().stream(), flows.stream())
                .map(FlowDocument::yaml)
                .collect(Collectors.joining("---\n"));
    return new Imported(yaml, losses.all());
  }

  private String heading() {
    StringBuilder text = new StringBuilder("# Imported from ");
    text.append(Path.of(file).getFileName()).append(".\n");
    if (losses.count() > 0) {
      text.append("# These parts of it have no counterpart:\n");
    }
    // A loss may quote the document, and a line break in it would end the comment.
    losses
        .all()
        .forEach(
            loss ->
                text.append("#   ").append(loss.toString().replaceAll("\\R", " ")).append('\n'));
    return text.toString();
  }

  private void document(Fields document) {
    if (document.has("EventStreamingName")) {
      stream(document);
    } else if (document.has("RuleName")) {
      rule(document);
    } else if (document.has("EventBusName")) {
      document.lose("EventBusName", "a bus by itself moves nothing; its rules become flows");
      document.loseRest();
    } else {
      throw invalid("There is neither an EventStreamingName nor a RuleName in it.");
    }
  }

  /** {@code CreateEventSource}: remembered for the rules of its bus. */
  private void source(Fields document) {
    String bus = document.text("EventBusName").orElse("");
    String name = document.text("EventSourceName").orElseThrow();
    document
        .block(SOURCE)
        .ifPresentOrElse(
            parameters -> sourcesOfBuses.put(bus, sources.rocketMq(parameters)),
            () -> losses.add("EventSourceName", name + " is not RocketMQ and is left out"));
    document.loseRest();
  }

  /** {@code CreateEventStreaming}. */
  private void stream(Fields document) {
    String name = document.text("EventStreamingName").orElseThrow();
    Fields source = parameters(document, "Source", SOURCE);
    Fields sink = parameters(document, "Sink", SINK);
    FlowDocument flow = flow(name, document);
    flow.root().putObject("source").set("rocketmq", sources.rocketMq(source));
    pattern(document, flow);
    flow.root().putObject("sink").set("rocketmq", sinks.rocketMq(sink));
    runOptions.ofStream(document, flow);
    document.lose("Transforms", NO_FUNCTIONS);
    document.loseRest();
    flows.add(flow);
  }

  private Fields parameters(Fields document, String side, String kind) {
    Fields block =
        document.block(side).orElseThrow(() -> invalid("There is no '" + side + "' in it."));
    return block
        .block(kind)
        .orElseThrow(
            () ->
                invalid(
                    "Its "
                        + side
                        + " is "
                        + block.beginningWith("s").orElse("empty")
                        + "; only "
                        + kind
                        + " can be imported."));
  }

  /** {@code CreateRule}: one flow for each target. */
  private void rule(Fields document) {
    String bus = document.text("EventBusName").orElse("bus");
    String rule = document.text("RuleName").orElseThrow();
    boolean disabled = document.text("Status").filter("DISABLE"::equalsIgnoreCase).isPresent();
    Optional<JsonNode> pattern = new PatternImport(losses).read(document);
    Optional<String> description = document.text("Description");
    List<Fields> targets =
        document.has("EventTargets") ? document.blocks("EventTargets") : document.blocks("Targets");
    document.loseRest();
    for (Fields target : targets) {
      String id = target.text("Id").orElse(Integer.toString(flows.size() + 1));
      String type = target.text("Type").orElse("");
      if (!type.equalsIgnoreCase("acs.rocketmq")) {
        losses.add(target.path("Type"), "target " + id + " of " + type + " is left out");
        continue;
      }
      FlowDocument flow = new FlowDocument("EventFlow", Names.of(rule + "-" + id, "_-"));
      description.ifPresent(text -> flow.root().put("description", FlowDocument.literal(text)));
      if (disabled) {
        flow.root().put("status", "PAUSED");
      }
      flow.root().putObject("source").set("rocketmq", source(bus, flow));
      pattern.ifPresent(found -> flow.root().set("filterPattern", found));
      flow.root().putObject("sink").set("rocketmq", sinks.rocketMq(parameters(target)));
      target.lose("Endpoint", "the sink's instance and topic say where records go");
      runOptions.ofTarget(target, flow);
      target.loseRest();
      flows.add(flow);
    }
  }

  /** What a bus reads, with a group of the flow's own: every rule sees every event. */
  private ObjectNode source(String bus, FlowDocument flow) {
    ObjectNode known = sourcesOfBuses.get(bus);
    ObjectNode source = Json.object();
    if (known == null) {
      losses.add(
          "EventBusName",
          "the file holds no RocketMQ source of bus " + bus + "; variables stand in its place");
      source
          .put("instance", instances.named(new Fields("", Json.object(), losses), bus))
          .put("topic", FlowDocument.variable(bus, "topic"));
    } else {
      source.setAll(known);
    }
    source.put("groupID", "GID_" + flow.root().path("name").asText());
    return source;
  }

  /** A target's list of parameters as the object that a stream has in its place. */
  private Fields parameters(Fields target) {
    ObjectNode object = Json.object();
    String path = target.path("ParamList");
    for (JsonNode parameter :
        target.node("ParamList").flatMap(Json::structure).orElse(Json.nothing())) {
      ObjectNode value = Json.object();
      parameter
          .properties()
          .forEach(
              field -> {
                if (!field.getKey().equalsIgnoreCase("ResourceKey")) {
                  value.set(field.getKey(), field.getValue());
                }
              });
      String key = new Fields(path, parameter, losses).text("ResourceKey").orElse("");
      object.set(key, value);
    }
    return new Fields(path, object, losses);
  }

  private static FlowDocument flow(String name, Fields document) {
    FlowDocument flow = new FlowDocument("EventFlow", Names.of(name, "_-"));
    document
        .text("Description")
        .ifPresent(text -> flow.root().put("description", FlowDocument.literal(text)));
    return flow;
  }

  private void pattern(Fields document, FlowDocument flow) {
    new PatternImport(losses)
        .read(document)
        .ifPresent(pattern -> flow.root().set("filterPattern", pattern));
  }

  private SluiceException invalid(String message) {
    return new SluiceException(CommandError.IMPORT_INVALID, message, new Location.Named(file));
  }
}
