package io.sluice.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.message.DirectAccess;
import io.sluice.cli.output.Count;
import io.sluice.cli.output.Outcome;
import io.sluice.cli.output.Output;
import io.sluice.cli.replay.Replay;
import io.sluice.flows.model.Addressee;
import io.sluice.flows.model.BusRule;
import io.sluice.flows.model.BusRule.Status;
import io.sluice.flows.model.EventBus;
import io.sluice.flows.model.FlowModel;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Instance;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice replay}. */
@Command(
    name = "replay",
    header = "Deliver the events of a time once more, to all rules of a bus or to some.",
    description = {
      "Reads the topic of the bus from one time to another, and puts each event on it again, with"
          + " a property that names the rules it is for. A run of the bus delivers them as it"
          + " delivers others: by pattern, to each target, with retries and dead letters.",
      "",
      "Events that a replay put there are not replayed again. The order within a queue is kept;"
          + " replayed events come beside new ones. A replay that is repeated delivers again."
    },
    footer = {
      "  sluice replay shop --from 2026-11-21T08:00:00Z",
      "  sluice replay shop --from 2026-11-21T08:00:00Z --to 2026-11-21T09:00:00Z --rule crm",
      "  sluice replay shop --from 1795248000000 --flows flows/ --json"
    })
final class ReplayVerb extends Verb {
  /** What RocketMQ takes of properties, less than half. */
  private static final int LONGEST_PROPERTY = 12_000;

  @Parameters(index = "0", paramLabel = "BUS", description = "Name of the bus.")
  private String bus = "";

  @Option(
      names = "--from",
      paramLabel = "TIME",
      required = true,
      description =
          "Replay what was stored from then on: a time in ISO 8601 or in milliseconds since 1970.")
  private Instant from = Instant.EPOCH;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "Replay what was stored before that time; up to now if left out.")
  private Optional<Instant> to = Optional.empty();

  @Option(
      names = "--rule",
      paramLabel = "RULE",
      description = "Only for this rule. Can be repeated. All enabled rules if left out.")
  private Set<String> rules = new LinkedHashSet<>();

  @Mixin private DeclarationOptions declarations = new DeclarationOptions();

  ReplayVerb(Host host) {
    super(host);
  }

  @Override
  Outcome perform(Output output) {
    Instant now = Instant.now();
    Instant end = to.filter(now::isAfter).orElse(now); // what it puts there itself comes later
    if (!from.isBefore(end)) {
      throw usage("--from is not before --to, or lies in the future.");
    }
    FlowModel model = declarations.load(host());
    EventBus wanted = Buses.find(model, bus, declarations.flows());
    String addressee = addressee(wanted);
    Instance instance = declarations.instance(wanted.instance(), () -> model);
    try (DirectAccess access = new DirectAccess(Connectors.all(), instance, wanted.topic());
        Replay replay = new Replay(access, wanted, addressee)) {
      try {
        replay.perform(from, end, output::warning);
      } catch (SluiceException failure) {
        return Outcome.failed(failure, summary(replay), result(replay));
      }
      return Outcome.ok(summary(replay), result(replay));
    }
  }

  private String addressee(EventBus wanted) {
    if (rules.isEmpty()) {
      return Addressee.all(wanted.name());
    }
    for (String rule : rules) {
      Optional<BusRule> known =
          wanted.rules().stream().filter(one -> one.name().equals(rule)).findFirst();
      if (known.isEmpty() || known.get().status() == Status.DISABLE) {
        throw new SluiceException(
            CommandError.UNKNOWN_RULE,
            "Bus "
                + bus
                + (known.isEmpty() ? " has no rule " : " has disabled its rule ")
                + rule
                + ".",
            wanted.location());
      }
    }
    String names = Addressee.of(rules.stream().map(rule -> wanted.name() + "/" + rule).toList());
    if (names.length() > LONGEST_PROPERTY) {
      throw usage("--rule names more rules than a property can hold; leave it out, or name fewer.");
    }
    return names;
  }

  private String summary(Replay replay) {
    String before =
        replay.leftOut() == 0
            ? ""
            : "; " + Count.of(replay.leftOut()) + " of earlier replays left out";
    String whom = rules.isEmpty() ? "all rules" : String.join(", ", rules);
    return Count.of(replay.replayed(), "event") + " replayed to " + whom + before + ".";
  }

  private static ObjectNode result(Replay replay) {
    return Output.object().put("replayed", replay.replayed()).put("leftOut", replay.leftOut());
  }
}
