package io.sluice.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.event.EventSender;
import io.sluice.cli.event.EventStream;
import io.sluice.cli.output.Count;
import io.sluice.cli.output.Outcome;
import io.sluice.cli.output.Output;
import io.sluice.flows.model.EventBus;
import io.sluice.flows.model.FlowModel;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.event.EventPublisher;
import io.sluice.sdk.event.PutEventsResult.Entry;
import io.sluice.sdk.event.PutEventsResult.Failed;
import io.sluice.sdk.instance.Instance;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice put-events}. */
@Command(
    name = "put-events",
    header = "Put events on an event bus.",
    description = {
      "Puts the events of a file on a bus, and answers for each of them: that it is stored, or why"
          + " not. An event is stored before it is answered. If some are not stored, the others are,"
          + " and the exit code is 1.",
      "",
      "The file holds events in the JSON format of CloudEvents, one after the other or in one list:",
      "  {\"source\": \"shop\", \"type\": \"order.paid\", \"data\": {\"amount\": 150}}",
      "source and type are required. An id is made up where there is none; give one where an event"
          + " may be put again."
    },
    footer = {
      "  sluice put-events shop --file events.json",
      "  echo '{\"source\": \"shop\", \"type\": \"order.paid\"}' | sluice put-events shop --file -",
      "  sluice put-events shop --flows flows/ --file events.json --json"
    })
final class PutEventsVerb extends Verb {

  @Parameters(index = "0", paramLabel = "BUS", description = "Name of the bus.")
  private String bus = "";

  @Option(
      names = "--file",
      required = true,
      paramLabel = "FILE",
      description = "The events; - is standard input.")
  private Path file = Path.of("-");

  @Mixin private DeclarationOptions declarations = new DeclarationOptions();

  PutEventsVerb(Host host) {
    super(host);
  }

  @Override
  Outcome perform(Output output) {
    FlowModel model = declarations.load(host());
    EventBus target = Buses.find(model, bus, declarations.flows());
    Instance instance = declarations.instance(target.instance(), () -> model);
    try (EventStream events = open();
        EventPublisher publisher = EventPublisher.open(instance, target.topic(), target.queues())) {
      EventSender sender =
          new EventSender(publisher, (number, entry) -> tell(output, number, entry));
      try {
        sender.put(events);
      } catch (SluiceException unreadable) {
        return Outcome.failed(unreadable, summary(sender), result(sender));
      }
      return outcome(sender);
    }
  }

  private EventStream open() {
    return file.toString().equals("-")
        ? new EventStream("<stdin>", host().in())
        : EventStream.open(file);
  }

  private static void tell(Output output, long number, Entry entry) {
    ObjectNode event = Output.object().put("entry", number).put("eventId", entry.eventId());
    if (entry instanceof Failed failed) {
      String code = failed.reason().code().id();
      output.line(entry.eventId() + "  " + failed.reason().message() + " [" + code + "]");
      event.put("errorCode", code).put("errorMessage", failed.reason().message());
    } else {
      output.line(entry.eventId() + "  stored");
    }
    output.event(event);
  }

  private Outcome outcome(EventSender sender) {
    if (sender.failed() == 0) {
      return Outcome.ok(summary(sender), result(sender));
    }
    return Outcome.failed(
        new SluiceException(
            CommandError.EVENTS_NOT_PUT,
            Count.of(sender.failed(), "event") + " of " + sender.entries() + " not stored.",
            new Location.Named(bus)),
        summary(sender),
        result(sender));
  }

  private String summary(EventSender sender) {
    return Count.of(sender.entries() - sender.failed(), "event") + " stored on " + bus + ".";
  }

  private static ObjectNode result(EventSender sender) {
    return Output.object()
        .put("entries", sender.entries())
        .put("failedEntryCount", sender.failed());
  }
}
