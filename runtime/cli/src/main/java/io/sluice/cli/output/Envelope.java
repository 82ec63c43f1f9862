package io.sluice.cli.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;

/**
 * The one form of every verb's JSON answer: {@code {command, ok, summary, result, error}}, where
 * {@code error} is {@code {code, message, location, suggestion}} or null.
 */
public final class Envelope {
  private Envelope() {}

  static ObjectNode of(String command, Outcome outcome) {
    ObjectNode envelope = Output.object();
    envelope.put("command", command);
    envelope.put("ok", outcome.status() == ExitStatus.OK);
    envelope.put("summary", outcome.summary());
    envelope.set("result", outcome.result());
    outcome
        .error()
        .ifPresentOrElse(
            error -> envelope.set("error", problem(error)), () -> envelope.putNull("error"));
    return envelope;
  }

  /** A problem as JSON: a place in a file has its parts as well, for editors. */
  public static ObjectNode problem(SluiceException problem) {
    ObjectNode node = Output.object();
    node.put("code", problem.code().id());
    node.put("message", problem.message());
    node.put("location", problem.location().toString());
    if (problem.location() instanceof Location.InFile place) {
      node.put("file", place.file());
      node.put("line", place.line());
      node.put("column", place.column());
    }
    node.put("suggestion", problem.suggestion());
    return node;
  }
}
