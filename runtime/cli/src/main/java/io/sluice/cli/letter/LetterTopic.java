package io.sluice.cli.letter;

import io.sluice.cli.message.DirectAccess;
import io.sluice.cli.message.TailStart;
import io.sluice.sdk.error.SluiceException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What a topic holds at the moment. Methods block. */
public final class LetterTopic {
  private final DirectAccess access;
  private final Consumer<SluiceException> trouble;

  /**
   * @param trouble hears of what is in the way
   */
  public LetterTopic(DirectAccess access, Consumer<SluiceException> trouble) {
    this.access = access;
    this.trouble = trouble;
  }

  /** The dead letters of a flow, queue by queue. */
  public List<StoredLetter> letters(String flow, LetterChoice choice) {
    List<StoredLetter> letters = new ArrayList<>();
    access
        .tail(TailStart.parse("first"))
        .readAll(
            (partition, record) -> {
              StoredLetter letter = new StoredLetter(partition, record.detach());
              if (letter.isOf(flow) && choice.includes(letter)) {
                letters.add(letter);
              }
              return true;
            },
            trouble);
    return letters;
  }

  /** The places of those dead letters that were sent here again since a time. */
  public Set<String> redrivenSince(Instant time) {
    Set<String> places = new HashSet<>();
    access
        .tail(TailStart.parse(time.toString()))
        .readAll(
            (partition, record) -> {
              record.userProperty(StoredLetter.REDRIVEN_FROM).ifPresent(places::add);
              return true;
            },
            trouble);
    return places;
  }
}
