package io.sluice.cli.letter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.message.MessageCopy;
import io.sluice.cli.message.RecordLine;
import io.sluice.engine.delivery.DeadLetter;
import io.sluice.flows.model.Addressee;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.record.DetachedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A dead letter as it lies in its topic.
 *
 * @param partition queue of the dead-letter topic
 * @param record the letter
 */
public record StoredLetter(Partition partition, DetachedRecord record) {
  /** Says of a message that was sent again which dead letter it was: its place in its topic. */
  public static final String REDRIVEN_FROM = DeadLetter.PREFIX + "REDRIVEN_FROM";

  /** Where the record came from: {@code INSTANCE/TOPIC/BROKER/QUEUE@OFFSET}. */
  public String origin() {
    return property(DeadLetter.QUEUE) + "@" + property(DeadLetter.OFFSET);
  }

  /** Where the letter lies, in the same form. */
  public String place() {
    return partition.name() + "@" + record.position();
  }

  /** Code of the error that ended it. */
  public String code() {
    return property(DeadLetter.CODE);
  }

  /** What the letter says under a name; nothing if it does not. */
  public String property(String name) {
    return record.userProperty(name).orElse("");
  }

  /** Whether it is one of a flow's. Others may lie in the same topic. */
  public boolean isOf(String flow) {
    return property(DeadLetter.FLOW).equals(flow);
  }

  /**
   * The message as it was before, with a word on where it lay.
   *
   * @param addressee to whom alone it goes, if a bus is to hand it on
   */
  DetachedRecord again(String topic, Optional<String> addressee) {
    DetachedRecord.Builder again =
        MessageCopy.of(record, topic, name -> !name.startsWith(DeadLetter.PREFIX));
    addressee.ifPresent(target -> again.userProperty(Addressee.PROPERTY, target));
    return again.userProperty(REDRIVEN_FROM, place()).build();
  }

  /** For programs: the record, with what it says of the failure apart. */
  public ObjectNode json() {
    ObjectNode node = RecordLine.json(partition, record);
    node.put("event", "dead-letter");
    node.put("origin", origin());
    node.put("place", place());
    node.put("code", code());
    node.put("message", property(DeadLetter.MESSAGE));
    node.put("attempts", property(DeadLetter.ATTEMPTS));
    node.put("target", property(DeadLetter.TARGET));
    node.put("firstFailure", property(DeadLetter.FIRST_FAILURE));
    node.put("lastFailure", property(DeadLetter.LAST_FAILURE));
    return node;
  }

  /** For people: everything, a line for each property and the body in the end. */
  public List<String> lines(String body) {
    List<String> lines = new ArrayList<>();
    lines.add("origin        " + origin());
    lines.add("place         " + place());
    Optional<String> exhausted = record.userProperty(DeadLetter.EXHAUSTED);
    lines.add("code          " + code());
    lines.add("message       " + property(DeadLetter.MESSAGE));
    lines.add(
        "attempts      "
            + property(DeadLetter.ATTEMPTS)
            + exhausted.map(cap -> ", until " + cap).orElse(""));
    lines.add("target        " + property(DeadLetter.TARGET));
    lines.add("first failure " + property(DeadLetter.FIRST_FAILURE));
    lines.add("last failure  " + property(DeadLetter.LAST_FAILURE));
    record.keys().ifPresent(keys -> lines.add("keys          " + keys));
    record.tag().ifPresent(tag -> lines.add("tag           " + tag));
    record.forEachUserProperty(
        (name, value) -> {
          if (!name.startsWith(DeadLetter.PREFIX)) {
            lines.add("property      " + name + "=" + value);
          }
        });
    lines.add("body");
    lines.add(body);
    return lines;
  }
}
