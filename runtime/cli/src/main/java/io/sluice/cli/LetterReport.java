package io.sluice.cli;

import static io.sluice.cli.output.TextTable.left;
import static io.sluice.cli.output.TextTable.right;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.letter.Redrive;
import io.sluice.cli.letter.StoredLetter;
import io.sluice.cli.message.BodyText;
import io.sluice.cli.output.Count;
import io.sluice.cli.output.Outcome;
import io.sluice.cli.output.Output;
import io.sluice.cli.output.TextTable;
import io.sluice.engine.delivery.DeadLetter;
import io.sluice.sdk.error.SluiceException;
import java.util.List;

/**
 * What {@code dlq} says of letters.
 *
 * @param letters those that were chosen
 */
record LetterReport(List<StoredLetter> letters) {
  private static final int LONGEST_MESSAGE = 60;

  /** A line for each. */
  Outcome list(Output output) {
    TextTable table =
        new TextTable(
            List.of(
                left("ORIGIN"),
                left("LAST FAILURE"),
                right("ATTEMPTS"),
                left("CODE"),
                left("MESSAGE")));
    for (StoredLetter letter : letters) {
      table.row(
          letter.origin(),
          letter.property(DeadLetter.LAST_FAILURE),
          letter.property(DeadLetter.ATTEMPTS),
          letter.code(),
          shortened(letter.property(DeadLetter.MESSAGE)));
      output.event(letter.json());
    }
    if (!letters.isEmpty()) {
      table.lines().forEach(output::line);
    }
    return counted();
  }

  private static String shortened(String message) {
    return message.length() <= LONGEST_MESSAGE
        ? message
        : message.substring(0, LONGEST_MESSAGE) + "...";
  }

  /** All of each. */
  Outcome show(Output output) {
    for (StoredLetter letter : letters) {
      letter.lines(BodyText.whole(letter.record().body())).forEach(output::line);
      output.line("");
      output.event(letter.json());
    }
    return counted();
  }

  private Outcome counted() {
    ObjectNode result = Output.object().put("letters", letters.size());
    return Outcome.ok(Count.of(letters.size(), "dead letter") + ".", result);
  }

  /** All were sent again, or had been before. */
  Outcome redriven(Redrive redrive, String topic) {
    return Outcome.ok(summary(redrive, topic), result(redrive));
  }

  /** Some were sent again, then it failed. */
  Outcome redriven(Redrive redrive, String topic, SluiceException failure) {
    return Outcome.failed(failure, summary(redrive, topic), result(redrive));
  }

  private static String summary(Redrive redrive, String topic) {
    String before =
        redrive.alreadyThere() == 0
            ? ""
            : "; " + Count.of(redrive.alreadyThere()) + " more had been sent before";
    return Count.of(redrive.sent(), "dead letter") + " sent to " + topic + before + ".";
  }

  private ObjectNode result(Redrive redrive) {
    return Output.object()
        .put("chosen", letters.size())
        .put("sent", redrive.sent())
        .put("sentBefore", redrive.alreadyThere());
  }
}
