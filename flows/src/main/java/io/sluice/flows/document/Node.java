package io.sluice.flows.document;

import io.sluice.sdk.error.Location.InFile;
import java.util.List;
import java.util.Optional;

/** A value in a file, with its place. Immutable. */
public sealed interface Node {

  /** Where it begins. */
  InFile place();

  /** What kind of value it is, for messages. */
  String kindInWords();

  /** A block of keys and values, in the order of the file. No key stands twice. */
  record Mapping(InFile place, List<Entry> entries) implements Node {
    public Mapping {
      entries = List.copyOf(entries);
    }

    /** The entry of a key, spelt exactly so. */
    public Optional<Entry> entry(String key) {
      return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
    }

    /** The value of a key, spelt exactly so. */
    public Optional<Node> get(String key) {
      return entry(key).map(Entry::value);
    }

    @Override
    public String kindInWords() {
      return "a block of keys";
    }
  }

  /**
   * One key with its value.
   *
   * @param place where the key begins
   */
  record Entry(String key, InFile place, Node value) {}

  /** A list. */
  record Sequence(InFile place, List<Node> items) implements Node {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String kindInWords() {
      return "a list";
    }
  }

  /**
   * A single value.
   *
   * @param text the value as text; for numbers as written
   * @param written what the file says in its place, if placeholders made the value
   */
  record Scalar(InFile place, Kind kind, String text, Optional<String> written) implements Node {

    /** What a scalar is, by the rules of JSON: other spellings are text. */
    public enum Kind {
      TEXT("text"),
      NUMBER("a number"),
      BOOLEAN("true or false"),
      NULL("null");

      private final String words;

      Kind(String words) {
        this.words = words;
      }
    }

    /** What messages may show: never what a placeholder stands for (I9). */
    public String shown() {
      return written.orElse(text);
    }

    public boolean isNull() {
      return kind == Kind.NULL;
    }

    @Override
    public String kindInWords() {
      return kind.words;
    }

    @Override
    public String toString() {
      return place + " " + kind;
    }
  }
}
