package io.sluice.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.message.DirectAccess;
import io.sluice.cli.message.MessageTail;
import io.sluice.cli.message.RecordLine;
import io.sluice.cli.message.TailStart;
import io.sluice.cli.output.Count;
import io.sluice.cli.output.Outcome;
import io.sluice.cli.output.Output;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.record.Record;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice tail}. */
@Command(
    name = "tail",
    header = "Show the messages of a topic.",
    description = {
      "Shows messages as they come, one per line: time, queue, offset, tag, keys, body. Goes on"
          + " until Ctrl-C or until the limit is reached.",
      "Nothing is consumed: no group is registered and no offset committed."
    },
    footer = {
      "  sluice tail --instance singapore --topic orders --from first --limit 20",
      "  sluice tail --instance 127.0.0.1:9876 --topic orders",
      "  sluice tail --instance qingdao --topic orders --from 2026-11-01T00:00:00Z --json"
    })
final class TailVerb extends Verb {

  @Mixin private final InstanceOptions instance = new InstanceOptions();

  @Option(
      names = "--from",
      paramLabel = "first|last|TIME",
      defaultValue = "last",
      description =
          "Where to begin: the oldest message, new ones only, or a time in ISO 8601 or in"
              + " milliseconds since 1970. Default: ${DEFAULT-VALUE}.")
  private TailStart from = TailStart.parse("last");

  @Option(names = "--limit", paramLabel = "N", description = "End after N messages.")
  private Optional<Long> limit = Optional.empty();

  private long shown;

  TailVerb(Host host) {
    super(host);
  }

  @Override
  Outcome perform(Output output) {
    if (limit.filter(number -> number < 1).isPresent()) {
      throw usage("--limit is less than 1.");
    }
    try (DirectAccess access =
        new DirectAccess(Connectors.all(), instance.find(host()), instance.topic())) {
      MessageTail tail = access.tail(from);
      host().interrupts().onInterrupt(tail::stop);
      tail.follow((partition, record) -> show(output, partition, record), output::warning);
    }
    ObjectNode result = Output.object().put("messages", shown);
    return Outcome.ok(Count.of(shown, "message") + ".", result);
  }

  private boolean show(Output output, Partition partition, Record record) {
    if (output.isJson()) {
      output.event(RecordLine.json(partition, record));
    } else {
      output.line(RecordLine.text(partition, record));
    }
    shown++;
    return shown < limit.orElse(Long.MAX_VALUE) && !output.isClosed();
  }
}
