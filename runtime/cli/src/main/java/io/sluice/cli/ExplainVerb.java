package io.sluice.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.authoring.EventFile;
import io.sluice.cli.authoring.Explanation;
import io.sluice.cli.authoring.ExplanationText;
import io.sluice.cli.output.Findings;
import io.sluice.cli.output.Outcome;
import io.sluice.cli.output.Output;
import io.sluice.flows.LoadedFlows;
import io.sluice.flows.model.BusRule.Status;
import io.sluice.flows.model.EventBus;
import io.sluice.flows.model.FlowLogic;
import io.sluice.sdk.connector.SourceDescription;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.record.DetachedRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice explain}. */
@Command(
    name = "explain",
    header = "Show why a flow's pattern matches a record or not, and what becomes of it.",
    description = {
      "Takes one record through the pattern and the transforms of a flow, the same as in a run, and"
          + " shows each field of the pattern with its conditions and what the record has there, then"
          + " what each transform reads and makes. Nothing is connected.",
      "",
      "The record is a message by its parts (topic, tags, keys, properties, body), a line of sluice"
          + " tail --json, or an event with data, as YAML or JSON."
    },
    footer = {
      "  sluice explain orders.yaml order.json",
      "  sluice explain flows/ - --flow paid-orders",
      "  sluice explain orders.yaml order.yaml --json"
    })
final class ExplainVerb extends Verb {
  private static final String NOTHING = "Nothing was explained";

  @Parameters(index = "0", paramLabel = "FLOW", description = "File or folder with the flow.")
  private Path path = Path.of(".");

  @Parameters(
      index = "1",
      paramLabel = "EVENT",
      description = "File with the record; - for standard input.")
  private String event = "-";

  @Option(
      names = "--flow",
      paramLabel = "NAME",
      description =
          "Which flow, or which bus with all of its rules; needed where the files declare several.")
  private Optional<String> name = Optional.empty();

  @Mixin private FlowSources sources = new FlowSources();

  ExplainVerb(Host host) {
    super(host);
  }

  @Override
  Outcome perform(Output output) {
    LoadedFlows loaded = sources.loader(host()).load(List.of(path));
    Findings findings = new Findings(loaded.findings());
    findings.print(output);
    return findings.refusal(NOTHING).orElseGet(() -> explain(loaded, output));
  }

  private Outcome explain(LoadedFlows loaded, Output output) {
    Optional<EventBus> bus = bus(loaded);
    List<FlowLogic> flows =
        bus.map(found -> targets(found, loaded)).orElseGet(() -> List.of(flow(loaded.logic())));
    SourceDescription source = flows.get(0).source();
    EventFile file = EventFile.read(event, host().in());
    Findings inEvent = new Findings(file.findings(source));
    inEvent.print(output);
    return inEvent
        .refusal(NOTHING)
        .orElseGet(
            () ->
                bus.isEmpty()
                    ? explain(flows.get(0), file.record(source), output)
                    : explain(bus.get(), flows, file.record(source), output));
  }

  private Outcome explain(FlowLogic logic, DetachedRecord record, Output output) {
    Explanation explanation = Explanation.of(logic, record);
    new ExplanationText(host().terminal(), output::line).print(explanation);
    return Outcome.ok("", explanation.json());
  }

  private Outcome explain(
      EventBus bus, List<FlowLogic> flows, DetachedRecord record, Output output) {
    ObjectNode result = Output.object().put("bus", bus.name());
    ArrayNode targets = result.putArray("targets");
    ExplanationText text = new ExplanationText(host().terminal(), output::line);
    for (FlowLogic logic : flows) {
      Explanation explanation = Explanation.of(logic, record);
      boolean disabled = disabled(bus).contains(logic.flow());
      text.print(explanation);
      if (disabled) {
        output.line("in a run, nothing is delivered: the rule is disabled");
      }
      targets.addObject().put("disabled", disabled).setAll(explanation.json());
    }
    return Outcome.ok("", result);
  }

  private static List<String> disabled(EventBus bus) {
    return bus.rules().stream()
        .filter(rule -> rule.status() == Status.DISABLE)
        .flatMap(rule -> rule.targets().stream())
        .toList();
  }

  /** The bus that is meant: the one of that name, or the one that there is. */
  private Optional<EventBus> bus(LoadedFlows loaded) {
    List<EventBus> wanted =
        loaded.model().buses().stream()
            .filter(bus -> name.map(bus.name()::equals).orElse(true))
            .filter(bus -> !targets(bus, loaded).isEmpty())
            .toList();
    boolean alone =
        loaded.logic().stream()
            .allMatch(
                logic ->
                    wanted.stream().anyMatch(bus -> logic.flow().startsWith(bus.name() + "/")));
    return wanted.size() == 1 && (name.isPresent() || alone)
        ? Optional.of(wanted.get(0))
        : Optional.empty();
  }

  private static List<FlowLogic> targets(EventBus bus, LoadedFlows loaded) {
    List<String> names = bus.rules().stream().flatMap(rule -> rule.targets().stream()).toList();
    return loaded.logic().stream().filter(logic -> names.contains(logic.flow())).toList();
  }

  private FlowLogic flow(List<FlowLogic> flows) {
    List<FlowLogic> wanted =
        flows.stream().filter(flow -> name.map(flow.flow()::equals).orElse(true)).toList();
    if (wanted.size() == 1) {
      return wanted.get(0);
    }
    String known = flows.stream().map(FlowLogic::flow).collect(Collectors.joining(", "));
    throw new SluiceException(
        CommandError.UNKNOWN_FLOW,
        flows.isEmpty()
            ? "There is no flow here."
            : wanted.isEmpty()
                ? "There is no flow " + name.orElse("") + " here; there are " + known + "."
                : "There are several flows here: " + known + ".",
        new Location.Named(path.toString()));
  }
}
