package io.sluice.flows.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.flows.FlowError;
import io.sluice.flows.document.Node.Entry;
import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.document.Node.Scalar.Kind;
import io.sluice.flows.document.Node.Sequence;
import io.sluice.flows.finding.Findings;
import io.sluice.sdk.error.Location.InFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads JSON: documents one after the other, or a list of them. For one text. */
final class JsonReader {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final String text;
  private final Function<JsonLocation, InFile> places;
  private final boolean embedded;
  private final Findings findings;
  private int nodes;

  private JsonReader(
      String text, Function<JsonLocation, InFile> places, boolean embedded, Findings findings) {
    this.text = text;
    this.places = places;
    this.embedded = embedded;
    this.findings = findings;
  }

  /** Reads a file of this name. */
  static JsonReader ofFile(String text, String file, Findings findings) {
    return new JsonReader(
        text, at -> new InFile(file, at.getLineNr(), at.getColumnNr()), false, findings);
  }

  /** Reads a text that is a value in a file: everything has the value's place. */
  static JsonReader ofValue(String text, InFile place, Findings findings) {
    return new JsonReader(text, at -> place, true, findings);
  }

  /** Adds the documents to a list; those before an error count. */
  void readInto(List<Node> documents) throws Unreadable {
    try (JsonParser parser = FACTORY.createParser(text)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.START_ARRAY) {
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            documents.add(read(parser, 0));
          }
        } else {
          documents.add(read(parser, 0));
        }
      }
    } catch (JsonProcessingException e) {
      findings.error(
          FlowError.SYNTAX,
          places.apply(e.getLocation()),
          "not valid JSON: " + problem(e) + within(e.getLocation()),
          "Check quotes, commas and brackets at this place.");
      throw new Unreadable();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String within(JsonLocation location) {
    return embedded
        ? " (line %d, column %d of the text)"
            .formatted(location.getLineNr(), location.getColumnNr())
        : "";
  }

  private Node read(JsonParser parser, int depth) throws IOException, Unreadable {
    InFile place = places.apply(parser.currentTokenLocation());
    if (depth > Limits.DEPTH) {
      findings.error(
          FlowError.TOO_DEEP, place, "more than " + Limits.DEPTH + " levels within each other");
      throw new Unreadable();
    }
    if (++nodes > Limits.NODES) {
      findings.error(
          FlowError.FILE_TOO_LARGE, place, "more than " + Limits.NODES + " values in this file");
      throw new Unreadable();
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        BlockBuilder block = new BlockBuilder(place, findings);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String key = parser.currentName();
          InFile keyPlace = places.apply(parser.currentTokenLocation());
          parser.nextToken();
          block.add(new Entry(key, keyPlace, read(parser, depth + 1)));
        }
        yield block.build();
      }
      case START_ARRAY -> {
        List<Node> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(read(parser, depth + 1));
        }
        yield new Sequence(place, items);
      }
      case VALUE_STRING -> scalar(place, Kind.TEXT, parser);
      case VALUE_TRUE, VALUE_FALSE -> scalar(place, Kind.BOOLEAN, parser);
      case VALUE_NULL -> scalar(place, Kind.NULL, parser);
      default ->
          Scalars.isNumber(parser.getText())
              ? scalar(place, Kind.NUMBER, parser)
              : scalar(place, Kind.TEXT, parser);
    };
  }

  private static Scalar scalar(InFile place, Kind kind, JsonParser parser) throws IOException {
    return new Scalar(place, kind, parser.getText(), Optional.empty());
  }

  /** What is wrong, without the words of the file that Jackson quotes (I9). */
  private static String problem(JsonProcessingException e) {
    String original = String.valueOf(e.getOriginalMessage());
    if (original.startsWith("Unexpected end-of-input")) {
      return "the text ends too early; a closing bracket or quote is missing";
    }
    if (original.startsWith("Unexpected close marker")) {
      return "a closing bracket that does not fit the one that was opened";
    }
    if (original.startsWith("Unrecognized token")) {
      return "a word without quotes";
    }
    int expectation = original.indexOf("was expecting ");
    if (original.startsWith("Unexpected character") && expectation >= 0) {
      String expected = original.substring(expectation + "was expecting ".length());
      if (expected.contains("comma")) {
        return "a comma is missing before this place";
      }
      if (expected.contains("colon")) {
        return "a colon is missing between key and value";
      }
      if (expected.contains("double-quote to start field name")) {
        return "a key in double quotes is expected here; is there a comma too many?";
      }
    }
    return "something is out of place here";
  }
}
