package io.sluice.camel.endpoint;

import io.sluice.camel.CamelError;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.util.URISupport;

/** Compares an address with what Camel's catalogue says of its component. Shows no values (I9). */
public final class EndpointCheck {
  private static final int MOST_LISTED = 24;

  private final EndpointAddress address;
  private final Direction direction;
  private final List<SluiceException> problems = new ArrayList<>();

  /** Which end of a flow the endpoint is. */
  public enum Direction {
    SOURCE("source", "sink"),
    SINK("sink", "source");

    private final String word;
    private final String other;

    Direction(String word, String other) {
      this.word = word;
      this.other = other;
    }
  }

  private EndpointCheck(EndpointAddress address, Direction direction) {
    this.address = address;
    this.direction = direction;
  }

  /** What is wrong with an address; nothing if a component is not Camel's, but is there. */
  public static List<SluiceException> problems(EndpointAddress address, Direction direction) {
    EndpointCheck check = new EndpointCheck(address, direction);
    Optional<ComponentModel> component = Components.model(address.component());
    if (!Components.isInstalled(address.component())) {
      check.notInstalled(component);
    } else {
      component.ifPresent(check::compare);
    }
    check.earlyAcknowledgement();
    return check.problems;
  }

  private void notInstalled(Optional<ComponentModel> component) {
    if (component.isPresent()) {
      add(
          CamelError.COMPONENT_NOT_INSTALLED,
          Location.InBlock.of("uri"),
          "component '" + address.component() + "' is not installed",
          "Put "
              + component.get().getArtifactId()
              + "-"
              + component.get().getVersion()
              + ".jar and the libraries that it needs into a folder, and name the folder in"
              + " SLUICE_LIBRARIES. Installed: "
              + String.join(", ", Components.installed())
              + ".");
    } else {
      add(
          CamelError.UNKNOWN_COMPONENT,
          Location.InBlock.of("uri"),
          "unknown component '" + address.component() + "'",
          Components.closest(Components.names(), address.component())
              .map(name -> "Did you mean '" + name + "'?")
              .orElse("Installed: " + String.join(", ", Components.installed()) + "."));
    }
  }

  private void compare(ComponentModel component) {
    boolean source = direction == Direction.SOURCE;
    if (source ? component.isProducerOnly() : component.isConsumerOnly()) {
      add(
          CamelError.BAD_ENDPOINT,
          Location.InBlock.of("uri"),
          "component '" + address.component() + "' cannot be a " + direction.word,
          "Use it as a " + direction.other + ".");
      return;
    }
    EndpointValidationResult result = Components.validate(uri(), source);
    if (result.getSyntaxError() != null) {
      add(
          CamelError.BAD_ENDPOINT,
          Location.InBlock.of("uri"),
          "the URI does not have the form of its component",
          "Its form is " + component.getSyntax() + ".");
    }
    unknown(component, result);
    if (result.getRequired() != null) {
      result.getRequired().stream().sorted().forEach(this::missing);
    }
    each(result.getInvalidEnum(), name -> oneOf(result.getEnumChoices(name)));
    each(result.getInvalidBoolean(), name -> "true or false");
    each(result.getInvalidInteger(), name -> "a whole number");
    each(result.getInvalidNumber(), name -> "a number");
    each(result.getInvalidDuration(), name -> "a duration, such as 5s or 1m30s");
    new TreeMap<>(address.componentOptions()).forEach((name, value) -> own(component, name, value));
  }

  /** An option of the component itself. */
  private void own(ComponentModel component, String name, String value) {
    TreeSet<String> names =
        component.getComponentOptions().stream()
            .map(ComponentModel.ComponentOptionModel::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    if (!names.contains(name)) {
      add(
          CamelError.UNKNOWN_OPTION,
          EndpointAddress.componentPlace(name),
          "component '" + address.component() + "' itself has no option '" + name + "'",
          Components.closest(names, name)
              .map(close -> "Did you mean '" + close + "'?")
              .orElseGet(() -> "Its options: " + list(names) + "."));
    } else if (!Components.takes(component, name, value)) {
      add(
          CamelError.BAD_OPTION,
          EndpointAddress.componentPlace(name),
          "option '" + name + "' of the component does not have a value that it takes",
          CamelError.BAD_OPTION.remedy());
    }
  }

  private void earlyAcknowledgement() {
    new TreeMap<>(Defaults.lasting(address))
        .forEach(
            (option, needed) -> {
              String given = address.options().getOrDefault(option, needed);
              if (!given.equals(needed)) {
                add(
                    CamelError.BAD_OPTION,
                    address.place(option),
                    "unless '"
                        + option
                        + "' is "
                        + needed
                        + ", messages would count as done before they are stored",
                    "Remove it.");
              }
            });
  }

  /** The catalogue reads options from a URI only. */
  private String uri() {
    return address.options().isEmpty()
        ? address.path()
        : address.path() + "?" + URISupport.createQueryString(Map.copyOf(address.options()));
  }

  private void unknown(ComponentModel component, EndpointValidationResult result) {
    other(result.getNotConsumerOnly());
    other(result.getNotProducerOnly());
    if (result.getUnknown() == null) {
      return;
    }
    TreeSet<String> names =
        component.getEndpointParameterOptions().stream()
            .filter(option -> !isForOther(option.getLabel()))
            .map(ComponentModel.EndpointOptionModel::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    for (String name : new TreeSet<>(result.getUnknown())) {
      add(
          CamelError.UNKNOWN_OPTION,
          address.place(name),
          "component '" + address.component() + "' has no option '" + name + "'",
          Components.closest(names, name)
              .map(close -> "Did you mean '" + close + "'?")
              .orElseGet(() -> "Options of a " + direction.word + ": " + list(names) + "."));
    }
  }

  private boolean isForOther(String label) {
    List<String> labels = label == null ? List.of() : Arrays.asList(label.split(","));
    return labels.contains(direction == Direction.SOURCE ? "producer" : "consumer");
  }

  private void other(Set<String> names) {
    for (String name : names == null ? Set.<String>of() : new TreeSet<>(names)) {
      add(
          CamelError.UNKNOWN_OPTION,
          address.place(name),
          "option '" + name + "' has no effect in a " + direction.word,
          "Remove it; it is for a " + direction.other + ".");
    }
  }

  private void missing(String name) {
    add(
        CamelError.MISSING_OPTION,
        Location.InBlock.of("uri"),
        "component '" + address.component() + "' needs '" + name + "'",
        CamelError.MISSING_OPTION.remedy());
  }

  private void each(Map<String, String> invalid, UnaryOperator<String> whatItTakes) {
    if (invalid != null) {
      invalid.keySet().stream()
          .sorted()
          .forEach(
              name ->
                  add(
                      CamelError.BAD_OPTION,
                      address.place(name),
                      "option '" + name + "' does not have a value that it takes",
                      "It takes " + whatItTakes.apply(name) + "."));
    }
  }

  private static String oneOf(List<String> choices) {
    return "one of: " + String.join(", ", choices);
  }

  private static String list(Set<String> names) {
    String first = names.stream().limit(MOST_LISTED).collect(Collectors.joining(", "));
    return names.size() <= MOST_LISTED ? first : first + ", …";
  }

  private void add(CamelError code, Location place, String message, String suggestion) {
    problems.add(new SluiceException(code, message, place, suggestion, null));
  }
}
