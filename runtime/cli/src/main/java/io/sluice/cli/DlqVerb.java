package io.sluice.cli;

import io.sluice.cli.FlowTopics.Topic;
import io.sluice.cli.letter.LetterChoice;
import io.sluice.cli.letter.LetterTopic;
import io.sluice.cli.letter.Redrive;
import io.sluice.cli.letter.StoredLetter;
import io.sluice.cli.message.DirectAccess;
import io.sluice.cli.output.Outcome;
import io.sluice.cli.output.Output;
import io.sluice.flows.model.EventFlow;
import io.sluice.flows.model.FlowModel;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Instance;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice dlq}. */
@Command(
    name = "dlq",
    header = "List, show and send again the dead letters of a flow.",
    description = {
      "Reads the topic of the flow's deadLetterQueue. Nothing is consumed: letters stay until their"
          + " topic's retention ends.",
      "list shows them in a table, show each one whole, redrive sends them again, as they were before"
          + " the flow: to the topic that the flow reads, so that its rules see them again, or to the"
          + " one that it writes. Each is sent once: a letter that the topic holds already is left"
          + " out."
    },
    footer = {
      "  sluice dlq list paid-orders",
      "  sluice dlq show paid-orders --origin qingdao/orders/qingdao/3@4711",
      "  sluice dlq redrive paid-orders --code flow.bad-output",
      "  sluice dlq redrive paid-orders --all --to target --json"
    })
final class DlqVerb extends Verb {
  /** What is done with the letters. */
  enum Action {
    LIST,
    SHOW,
    REDRIVE
  }

  /** An end of a flow. */
  enum End {
    SOURCE,
    TARGET
  }

  @Parameters(
      index = "0",
      paramLabel = "list|show|redrive",
      description = "What to do with the letters.")
  private Action action = Action.LIST;

  @Parameters(
      index = "1",
      paramLabel = "FLOW",
      description = "Name of the flow; BUS/RULE/TARGET for the target of a bus.")
  private String flow = "";

  @Option(
      names = "--origin",
      paramLabel = "ORIGIN",
      description = "Only the record from there, as list shows it. Can be repeated.")
  private Set<String> origins = new LinkedHashSet<>();

  @Option(
      names = "--code",
      paramLabel = "CODE",
      description = "Only letters with this error. Can be repeated.")
  private Set<String> codes = new LinkedHashSet<>();

  @Option(names = "--all", description = "Redrive all letters.")
  private boolean all;

  @Option(
      names = "--to",
      paramLabel = "source|target",
      defaultValue = "source",
      description =
          "Where letters are sent again: to the topic that the flow reads, or to the one that it"
              + " writes. Default: ${DEFAULT-VALUE}.")
  private End to = End.SOURCE;

  @Mixin private DeclarationOptions declarations = new DeclarationOptions();

  DlqVerb(Host host) {
    super(host);
  }

  @Override
  Outcome perform(Output output) {
    boolean chosen = !origins.isEmpty() || !codes.isEmpty();
    if (action == Action.REDRIVE && all == chosen) {
      throw usage("Give either --all, or --origin or --code.");
    }
    FlowModel model = declarations.load(host());
    FlowTopics topics = new FlowTopics(find(model));
    List<StoredLetter> letters;
    try (DirectAccess access = access(topics.letters(), model)) {
      letters =
          new LetterTopic(access, output::warning).letters(flow, new LetterChoice(origins, codes));
    }
    LetterReport report = new LetterReport(letters);
    return switch (action) {
      case LIST -> report.list(output);
      case SHOW -> report.show(output);
      case REDRIVE -> redrive(output, report, topics, model);
    };
  }

  private Outcome redrive(Output output, LetterReport report, FlowTopics topics, FlowModel model) {
    Topic topic = to == End.SOURCE ? topics.source() : topics.target();
    try (DirectAccess access = access(topic, model)) {
      Redrive redrive = new Redrive(access, topic.name(), addressee(model), output::warning);
      try {
        redrive.send(report.letters());
      } catch (SluiceException failure) {
        return report.redriven(redrive, topic.name(), failure);
      }
      return report.redriven(redrive, topic.name());
    }
  }

  /** A bus hands a letter to the target alone that gave it up. */
  private Optional<String> addressee(FlowModel model) {
    boolean ofBus =
        model.buses().stream()
            .flatMap(bus -> bus.rules().stream())
            .anyMatch(rule -> rule.targets().contains(flow));
    return to == End.SOURCE && ofBus ? Optional.of(flow) : Optional.empty();
  }

  private EventFlow find(FlowModel model) {
    return model.flows().stream()
        .filter(candidate -> candidate.name().equals(flow))
        .findFirst()
        .orElseThrow(
            () ->
                new SluiceException(
                    CommandError.UNKNOWN_FLOW,
                    "There is no sound flow " + flow + ".",
                    new Location.Named(declarations.flows().toString())));
  }

  private DirectAccess access(Topic topic, FlowModel model) {
    Instance instance = declarations.instance(topic.instance(), () -> model);
    return new DirectAccess(Connectors.all(), instance, topic.name());
  }
}
