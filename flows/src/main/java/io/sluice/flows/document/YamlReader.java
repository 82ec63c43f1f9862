package io.sluice.flows.document;

import io.sluice.flows.FlowError;
import io.sluice.flows.document.Node.Entry;
import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.document.Node.Scalar.Kind;
import io.sluice.flows.document.Node.Sequence;
import io.sluice.flows.finding.Findings;
import io.sluice.sdk.error.Location.InFile;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.ReaderException;

/** Reads the documents of one YAML file from SnakeYAML's events. For one file. */
final class YamlReader {
  private static final String MERGE = "<<";

  private final String file;
  private final String text;
  private final Findings findings;
  private final Iterator<Event> events;
  private final Map<String, Anchored> anchors = new HashMap<>();
  private int aliases;
  private int nodes;

  /** A value that aliases repeat, and how many nodes each repetition adds. */
  private record Anchored(Node node, int nodes) {}

  YamlReader(String file, String text, Findings findings) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Limits.BYTES);
    this.file = file;
    this.text = text;
    this.findings = findings;
    this.events = new Yaml(options).parse(new StringReader(text)).iterator();
  }

  /** Adds the documents to a list; those before an error count. */
  void readInto(List<Node> documents) throws Unreadable {
    try {
      while (events.hasNext()) {
        if (events.next() instanceof DocumentStartEvent) {
          anchors.clear();
          documents.add(read(events.next(), 0));
        }
      }
    } catch (MarkedYAMLException e) {
      YamlProblem problem = YamlProblem.of(e);
      findings.error(
          FlowError.SYNTAX,
          place(problem.mark()),
          "not valid YAML: " + problem.message(),
          problem.suggestion());
      throw new Unreadable();
    } catch (ReaderException e) {
      InFile place = TextPlaces.at(file, text, e.getPosition());
      findings.error(
          FlowError.SYNTAX,
          place,
          String.format("not valid YAML: control character U+%04X", e.getCodePoint()),
          "Remove it, or write it as an escape in double quotes.");
      throw new Unreadable();
    }
  }

  private Node read(Event event, int depth) throws Unreadable {
    InFile place = place(event.getStartMark());
    if (event instanceof AliasEvent alias) {
      return repeat(alias, place);
    }
    count(1, place);
    int before = nodes;
    Node node = readContent((NodeEvent) event, place, depth);
    String anchor = ((NodeEvent) event).getAnchor();
    if (anchor != null) {
      anchors.put(anchor, new Anchored(node, nodes - before + 1));
    }
    return node;
  }

  private Node readContent(NodeEvent event, InFile place, int depth) throws Unreadable {
    if (depth > Limits.DEPTH) {
      findings.error(
          FlowError.TOO_DEEP, place, "more than " + Limits.DEPTH + " levels within each other");
      throw new Unreadable();
    }
    if (event instanceof MappingStartEvent) {
      return readMapping(place, depth);
    }
    if (event instanceof SequenceStartEvent) {
      List<Node> items = new ArrayList<>();
      for (Event next = events.next(); !(next instanceof SequenceEndEvent); next = events.next()) {
        items.add(read(next, depth + 1));
      }
      return new Sequence(place, items);
    }
    return readScalar((ScalarEvent) event, place);
  }

  private Node readMapping(InFile place, int depth) throws Unreadable {
    BlockBuilder block = new BlockBuilder(place, findings);
    for (Event next = events.next(); !(next instanceof MappingEndEvent); next = events.next()) {
      Node key = read(next, depth + 1);
      Node value = read(events.next(), depth + 1);
      if (key instanceof Scalar scalar && scalar.text().equals(MERGE)) {
        findings.error(
            FlowError.SYNTAX,
            key.place(),
            "merge keys ('<<') are not read",
            "Write the keys out, or use an alias for a whole value.");
      } else if (key instanceof Scalar scalar) {
        block.add(new Entry(scalar.text(), scalar.place(), value));
      } else {
        findings.error(
            FlowError.SYNTAX,
            key.place(),
            "a key must be text, but this one is " + key.kindInWords(),
            "Put quotes around a value that begins with '{' or '['.");
      }
    }
    return block.build();
  }

  private Scalar readScalar(ScalarEvent event, InFile place) {
    Optional<String> tag = Optional.ofNullable(event.getTag());
    Kind kind =
        event.getScalarStyle() == ScalarStyle.PLAIN ? Scalars.kindOf(event.getValue()) : Kind.TEXT;
    if (tag.isPresent()) {
      if (tag.get().equals(Tag.STR.getValue()) || tag.get().equals("!")) {
        kind = Kind.TEXT;
      } else {
        findings.error(
            FlowError.SYNTAX,
            place,
            "YAML tags such as '!name' are not read",
            "Remove the tag, or put quotes around a value that begins with '!'.");
      }
    }
    return new Scalar(place, kind, event.getValue(), Optional.empty());
  }

  private Node repeat(AliasEvent alias, InFile place) throws Unreadable {
    if (++aliases > Limits.ALIASES) {
      findings.error(
          FlowError.TOO_MANY_ALIASES,
          place,
          "more than " + Limits.ALIASES + " aliases (*name) in this file");
      throw new Unreadable();
    }
    Anchored anchored = anchors.get(alias.getAnchor());
    if (anchored == null) {
      findings.error(
          FlowError.SYNTAX,
          place,
          "alias '*"
              + alias.getAnchor()
              + "' has no anchor '&"
              + alias.getAnchor()
              + "' that is complete before it",
          "Put quotes around a value that begins with '*'.");
      throw new Unreadable();
    }
    count(anchored.nodes(), place);
    return anchored.node();
  }

  private void count(int more, InFile place) throws Unreadable {
    nodes += more;
    if (nodes > Limits.NODES) {
      findings.error(
          FlowError.FILE_TOO_LARGE,
          place,
          "more than " + Limits.NODES + " values in this file, aliases written out");
      throw new Unreadable();
    }
  }

  private InFile place(Mark mark) {
    return new InFile(file, mark.getLine() + 1, mark.getColumn() + 1);
  }
}
