package io.sluice.cli.letter;

import io.sluice.cli.message.DirectAccess;
import io.sluice.cli.message.StampedSender;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.RecordPayload;
import io.sluice.sdk.error.SluiceException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Sends dead letters again, each once: those that the topic holds already, by the place that each
 * copy carries, are left out, and an open outcome is looked up before anything is sent twice. Two
 * at the same time could both send a letter. For one thread; blocks.
 */
public final class Redrive {
  /** Brokers' clocks may differ by as much. */
  private static final Duration CLOCKS_APART = Duration.ofMinutes(5);

  private final DirectAccess access;
  private final String topic;
  private final Optional<String> addressee;
  private final Consumer<SluiceException> trouble;
  private long sent;
  private long alreadyThere;

  /**
   * @param access to the topic that takes them
   * @param addressee the target that alone they go to, if that topic is a bus's
   * @param trouble hears of what is in the way
   */
  public Redrive(
      DirectAccess access,
      String topic,
      Optional<String> addressee,
      Consumer<SluiceException> trouble) {
    this.access = access;
    this.topic = topic;
    this.addressee = addressee;
    this.trouble = trouble;
  }

  /** Letters that were sent and are stored. */
  public long sent() {
    return sent;
  }

  /** Letters that had been sent before. */
  public long alreadyThere() {
    return alreadyThere;
  }

  /**
   * Sends them all.
   *
   * @throws SluiceException at the first one that is not stored
   */
  public void send(List<StoredLetter> letters) {
    if (letters.isEmpty()) {
      return;
    }
    Instant oldest =
        letters.stream()
            .map(letter -> letter.record().storedAt())
            .min(Comparator.naturalOrder())
            .orElseThrow();
    Set<String> there = new LetterTopic(access, trouble).redrivenSince(oldest.minus(CLOCKS_APART));
    List<Partition> partitions =
        letters.stream()
            .map(StoredLetter::partition)
            .distinct()
            .sorted(Comparator.comparing(Partition::lane))
            .toList();
    try (StampedSender sender = access.stampedSender(partitions)) {
      for (StoredLetter letter : letters) {
        if (there.contains(letter.place())) {
          alreadyThere++;
        } else {
          sender.send(batch(letter));
          sent++;
        }
      }
    }
  }

  private Batch batch(StoredLetter letter) {
    return Batch.of(
        letter.partition(),
        letter.record().position(),
        letter.record().position().plus(1),
        new RecordPayload(List.of(letter.again(topic, addressee))));
  }
}
