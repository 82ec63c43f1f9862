package io.sluice.cli;

import static io.sluice.cli.output.TextTable.left;
import static io.sluice.cli.output.TextTable.right;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.letter.LetterChoice;
import io.sluice.cli.letter.LetterTopic;
import io.sluice.cli.letter.Redrive;
import io.sluice.cli.letter.StoredLetter;
import io.sluice.cli.message.BodyText;
import io.sluice.cli.message.DirectAccess;
import io.sluice.cli.message.InstanceLookup;
import io.sluice.cli.output.Count;
import io.sluice.cli.output.Outcome;
import io.sluice.cli.output.Output;
import io.sluice.cli.output.TextTable;
import io.sluice.engine.delivery.DeadLetter;
import io.sluice.flows.FlowLoader;
import io.sluice.flows.model.EventFlow;
import io.sluice.flows.model.FlowModel;
import io.sluice.flows.model.RunOptions;
import io.sluice.flows.model.SinkBinding;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Instance;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
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
  private static final String ROCKETMQ = "rocketmq";
  private static final int LONGEST_MESSAGE = 60;

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

  @Parameters(index = "1", paramLabel = "FLOW", description = "Name of the flow.")
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

  @Option(
      names = "--flows",
      paramLabel = "PATH",
      defaultValue = ".",
      description =
          "Flow file, or folder of them, that declares the flow. Default: the current folder.")
  private Path flows = Path.of(".");

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      defaultValue = "sluice-data",
      description =
          "Data directory of the run that serves an integrated broker. Default: ${DEFAULT-VALUE}.")
  private Path dataDir = Path.of("sluice-data");

  DlqVerb(Host host) {
    super(host);
  }

  @Override
  Outcome perform(Output output) {
    boolean chosen = !origins.isEmpty() || !codes.isEmpty();
    if (action == Action.REDRIVE && all == chosen) {
      throw usage("Give either --all, or --origin or --code.");
    }
    FlowModel model = load();
    EventFlow found = find(model);
    Topic letters = letters(found);
    List<StoredLetter> read;
    try (DirectAccess access = access(letters, model)) {
      read =
          new LetterTopic(access, output::warning).letters(flow, new LetterChoice(origins, codes));
    }
    return switch (action) {
      case LIST -> list(output, read);
      case SHOW -> show(output, read);
      case REDRIVE -> redrive(output, read, found, model);
    };
  }

  private Outcome list(Output output, List<StoredLetter> letters) {
    TextTable table =
        new TextTable(
            List.of(
                left("ORIGIN"),
                left("LAST FAILURE"),
                right("ATTEMPTS"),
                left("CODE"),
                left("MESSAGE")));
    for (StoredLetter letter : letters) {
      String message = letter.property(DeadLetter.MESSAGE);
      table.row(
          letter.origin(),
          letter.property(DeadLetter.LAST_FAILURE),
          letter.property(DeadLetter.ATTEMPTS),
          letter.code(),
          message.length() <= LONGEST_MESSAGE
              ? message
              : message.substring(0, LONGEST_MESSAGE) + "...");
      output.event(letter.json());
    }
    if (!letters.isEmpty()) {
      table.lines().forEach(output::line);
    }
    return counted(letters);
  }

  private Outcome show(Output output, List<StoredLetter> letters) {
    for (StoredLetter letter : letters) {
      letter.lines(BodyText.whole(letter.record().body())).forEach(output::line);
      output.line("");
      output.event(letter.json());
    }
    return counted(letters);
  }

  private static Outcome counted(List<StoredLetter> letters) {
    ObjectNode result = Output.object().put("letters", letters.size());
    return Outcome.ok(Count.of(letters.size(), "dead letter") + ".", result);
  }

  private Outcome redrive(
      Output output, List<StoredLetter> letters, EventFlow found, FlowModel model) {
    Topic topic = to == End.SOURCE ? source(found) : target(found);
    try (DirectAccess access = access(topic, model)) {
      Redrive redrive = new Redrive(access, topic.name(), output::warning);
      try {
        redrive.send(letters);
      } catch (SluiceException failure) {
        return Outcome.failed(failure, summary(redrive, topic), result(letters, redrive));
      }
      return Outcome.ok(summary(redrive, topic), result(letters, redrive));
    }
  }

  private static String summary(Redrive redrive, Topic topic) {
    String before =
        redrive.alreadyThere() == 0
            ? ""
            : "; " + Count.of(redrive.alreadyThere()) + " more had been sent before";
    return Count.of(redrive.sent(), "dead letter") + " sent to " + topic.name() + before + ".";
  }

  private static ObjectNode result(List<StoredLetter> letters, Redrive redrive) {
    return Output.object()
        .put("chosen", letters.size())
        .put("sent", redrive.sent())
        .put("sentBefore", redrive.alreadyThere());
  }

  private FlowModel load() {
    return new FlowLoader(Connectors.all(), host().environment()).load(List.of(flows)).model();
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
                    new Location.Named(flows.toString())));
  }

  private Topic letters(EventFlow found) {
    Optional<SinkBinding<?>> queue = found.runOptions().flatMap(RunOptions::deadLetterQueue);
    return queue
        .flatMap(DlqVerb::topic)
        .orElseThrow(
            () ->
                new SluiceException(
                    CommandError.NO_DEAD_LETTERS,
                    "Flow " + flow + " has no dead-letter queue in a topic of RocketMQ.",
                    found.location()));
  }

  private static Optional<Topic> topic(SinkBinding<?> sink) {
    return sink.connector().equals(ROCKETMQ)
        ? sink.describe().instance().map(name -> new Topic(name, sink.describe().topic()))
        : Optional.empty();
  }

  private Topic source(EventFlow found) {
    var read = found.source().describe();
    return Optional.of(found.source().connector())
        .filter(ROCKETMQ::equals)
        .flatMap(connector -> read.instance())
        .map(name -> new Topic(name, read.topic()))
        .orElseThrow(() -> notRedrivable(found, "it does not read a topic of RocketMQ"));
  }

  private Topic target(EventFlow found) {
    if (found.transform().isPresent()) {
      throw notRedrivable(
          found, "its target expects what its transforms make, and dead letters are what it read");
    }
    return topic(found.sink())
        .orElseThrow(() -> notRedrivable(found, "it does not write a topic of RocketMQ"));
  }

  private SluiceException notRedrivable(EventFlow found, String why) {
    return new SluiceException(
        CommandError.NOT_REDRIVABLE,
        "Dead letters of flow " + flow + " cannot be sent there: " + why + ".",
        found.location());
  }

  private DirectAccess access(Topic topic, FlowModel model) {
    Instance instance =
        new InstanceLookup(dataDir.resolve("brokers"), () -> model).find(topic.instance());
    return new DirectAccess(Connectors.all(), instance, topic.name());
  }

  private record Topic(String instance, String name) {}
}
