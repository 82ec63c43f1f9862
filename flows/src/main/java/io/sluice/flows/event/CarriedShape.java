package io.sluice.flows.event;

import io.sluice.flows.finding.KnownNames;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * CloudEvents of any kind: the attributes that they have by their specification, extensions, and
 * data of which nothing is known.
 */
final class CarriedShape extends EventShape {
  static final CarriedShape INSTANCE = new CarriedShape();

  private static final Pattern ATTRIBUTE = Pattern.compile("[a-z0-9]+");
  private static final KnownNames KNOWN =
      new KnownNames(
          List.of(ID, SOURCE, SPEC_VERSION, TYPE, CONTENT_TYPE, "dataschema", SUBJECT, TIME, DATA));

  private CarriedShape() {}

  @Override
  public Optional<String> correction(List<String> path) {
    String key = path.get(path.size() - 1);
    return path.size() > 1 || ATTRIBUTE.matcher(key).matches()
        ? Optional.empty()
        : Optional.of(
            KNOWN.suggestion(
                key, "Attributes are written in small letters and digits; known ones"));
  }

  @Override
  public boolean hasValue(List<String> path) {
    return true;
  }

  @Override
  public boolean hasParts(List<String> path) {
    return path.size() > 1 || path.get(0).equals(DATA);
  }

  @Override
  public boolean isText(List<String> path) {
    return path.size() == 1 && ATTRIBUTES.contains(path.get(0));
  }

  @Override
  public Optional<String> likelySystemProperty(List<String> path) {
    return Optional.empty();
  }
}
