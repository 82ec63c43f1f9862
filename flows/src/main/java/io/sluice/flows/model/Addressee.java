package io.sluice.flows.model;

import io.sluice.sdk.record.Record;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * To whom a record on the topic of a bus is addressed: to all rules, or, if it was put there a
 * second time, to some rules or targets alone.
 */
public final class Addressee {
  /**
   * Property of records that were put on a bus again: names of its rules and targets, as {@code
   * BUS/RULE} or {@code BUS/RULE/TARGET}, with commas between; {@code BUS/*} for all rules. Other
   * buses that such a record comes to take no notice of it.
   */
  public static final String PROPERTY = "SLUICE_ONLY_FOR";

  private static final String SEPARATOR = ",";
  private static final String ALL = "/*";

  private Addressee() {}

  /** The property's value for rules or targets, by the names of their flows. */
  public static String of(Collection<String> names) {
    return String.join(SEPARATOR, names);
  }

  /** The property's value for all rules of a bus. */
  public static String all(String bus) {
    return bus + ALL;
  }

  /** Whether a record was put on a bus again. */
  public static boolean isRepeated(Record record, String bus) {
    return record.userProperty(PROPERTY).map(value -> !names(value, bus).isEmpty()).orElse(false);
  }

  /**
   * Whether a record is for a target.
   *
   * @param target name of its flow, {@code BUS/RULE/TARGET}
   */
  public static boolean includes(Record record, String bus, String target) {
    Optional<String> value = record.userProperty(PROPERTY);
    if (value.isEmpty()) {
      return true;
    }
    List<String> names = names(value.get(), bus);
    return names.isEmpty()
        || names.stream()
            .anyMatch(
                name ->
                    name.equals(all(bus)) || target.equals(name) || target.startsWith(name + "/"));
  }

  /** Those that speak of a bus. */
  private static List<String> names(String value, String bus) {
    return Arrays.stream(value.split(SEPARATOR))
        .filter(name -> name.startsWith(bus + "/"))
        .toList();
  }
}
