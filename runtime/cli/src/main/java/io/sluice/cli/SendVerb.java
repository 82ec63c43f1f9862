package io.sluice.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.message.DirectAccess;
import io.sluice.cli.message.GeneratedMessages;
import io.sluice.cli.message.MessageFile;
import io.sluice.cli.message.MessageSender;
import io.sluice.cli.message.OutgoingMessage;
import io.sluice.cli.output.Count;
import io.sluice.cli.output.Outcome;
import io.sluice.cli.output.Output;
import io.sluice.sdk.error.SluiceException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice send}. */
@Command(
    name = "send",
    header = "Send messages to a topic.",
    description = {
      "Sends the messages of a file, or made-up ones. A topic that does not exist is created.",
      "",
      "Each line of the file is one JSON object:",
      "  {\"key\": \"A17\", \"tag\": \"paid\", \"properties\": {\"region\": \"north\"},"
          + " \"body\": {\"amount\": 150}}",
      "A body that is a string is sent as that text, other JSON as JSON; bodyBase64 stands for"
          + " bytes. Only the body is required. Messages of the same key go to the same queue, in"
          + " order."
    },
    footer = {
      "  sluice send --instance qingdao --topic orders --file orders.jsonl",
      "  sluice send --instance qingdao --topic orders --count 1000 --size 1024 --tag paid",
      "  echo '{\"body\": \"hello\"}' | sluice send --instance 127.0.0.1:9876 --topic t --file -"
    })
final class SendVerb extends Verb {
  private static final int DEFAULT_SIZE = 100;
  private static final int LARGEST_BODY = 4 << 20;

  @Mixin private final InstanceOptions instance = new InstanceOptions();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Send the messages of this file; - is standard input.")
  private Optional<Path> file = Optional.empty();

  @Option(names = "--count", paramLabel = "N", description = "Send N made-up messages.")
  private Optional<Long> count = Optional.empty();

  @Option(
      names = "--size",
      paramLabel = "BYTES",
      description = "Bytes of the body of each made-up message. Default: " + DEFAULT_SIZE + ".")
  private Optional<Integer> size = Optional.empty();

  @Option(names = "--key", paramLabel = "KEY", description = "Key of messages without one.")
  private Optional<String> key = Optional.empty();

  @Option(names = "--tag", paramLabel = "TAG", description = "Tag of messages without one.")
  private Optional<String> tag = Optional.empty();

  @Option(
      names = "--property",
      paramLabel = "NAME=VALUE",
      description = "User property of messages without one of that name. Can be repeated.")
  private Map<String, String> properties = new LinkedHashMap<>();

  SendVerb(Host host) {
    super(host);
  }

  @Override
  Outcome perform(Output output) {
    requireSense();
    try (DirectAccess access =
            new DirectAccess(Connectors.all(), instance.find(host()), instance.topic());
        MessageSender sender = access.sender()) {
      return send(sender);
    }
  }

  private Outcome send(MessageSender sender) {
    try {
      if (count.isPresent()) {
        sender.send(complete(new GeneratedMessages(count.get(), size.orElse(DEFAULT_SIZE))));
      } else {
        try (MessageFile messages = open(file.orElseThrow())) {
          sender.send(complete(messages));
        }
      }
      return Outcome.ok(summary(sender), result(sender));
    } catch (SluiceException e) {
      return Outcome.failed(e, summary(sender), result(sender));
    }
  }

  private MessageFile open(Path path) {
    return path.toString().equals("-")
        ? MessageFile.of("<stdin>", host().in())
        : MessageFile.open(path);
  }

  private Iterator<OutgoingMessage> complete(Iterator<OutgoingMessage> messages) {
    OutgoingMessage defaults = new OutgoingMessage(key, tag, properties, new byte[0]);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return messages.hasNext();
      }

      @Override
      public OutgoingMessage next() {
        return messages.next().orElse(defaults);
      }
    };
  }

  private String summary(MessageSender sender) {
    return Count.of(sender.sent(), "message") + " sent to " + instance.topic() + ".";
  }

  private static ObjectNode result(MessageSender sender) {
    return Output.object().put("sent", sender.sent());
  }

  private void requireSense() {
    if (file.isPresent() == count.isPresent()) {
      throw usage("Give either --file or --count.");
    }
    if (file.isPresent() && size.isPresent()) {
      throw usage("--size goes with --count, not with --file.");
    }
    if (count.filter(number -> number < 1).isPresent()) {
      throw usage("--count is less than 1.");
    }
    if (size.filter(bytes -> bytes < 0 || bytes > LARGEST_BODY).isPresent()) {
      throw usage("--size is not between 0 and " + LARGEST_BODY + ".");
    }
  }
}
