package io.sluice.camel.endpoint;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.catalog.suggest.CatalogSuggestionStrategy;
import org.apache.camel.tooling.model.ComponentModel;

/**
 * Which components Camel has, and which of them are here. The catalogue is read when a flow first
 * names an endpoint, and only the components' parts that are asked for. Thread-safe.
 */
final class Components {
  private static final String SERVICE = "META-INF/services/org/apache/camel/component/";

  private Components() {}

  /** Loaded with the first look into it. */
  private static final class Catalogue {
    private static final CamelCatalog CAMEL = new DefaultCamelCatalog(true);
    private static final CatalogSuggestionStrategy SUGGESTIONS = new CatalogSuggestionStrategy();
  }

  /** What Camel's catalogue says of a component; empty if it does not have it. */
  static Optional<ComponentModel> model(String name) {
    return Optional.ofNullable(Catalogue.CAMEL.componentModel(name));
  }

  /** Whether the library of a component is on the class path. */
  static boolean isInstalled(String name) {
    return Components.class.getClassLoader().getResource(SERVICE + name) != null;
  }

  /** Names of all components of Camel. */
  static List<String> names() {
    return Catalogue.CAMEL.findComponentNames();
  }

  /** Names of those whose library is on the class path. */
  static List<String> installed() {
    return names().stream().filter(Components::isInstalled).sorted().toList();
  }

  /** Compares a URI with the catalogue. */
  static EndpointValidationResult validate(String uri, boolean source) {
    return Catalogue.CAMEL.validateEndpointProperties(uri, false, source, !source);
  }

  /** Whether a value is of the kind that an option of a component itself takes. */
  static boolean takes(ComponentModel component, String option, String value) {
    return Catalogue.CAMEL
        .validateConfigurationProperty(
            "camel.component.%s.%s=%s".formatted(component.getScheme(), option, value))
        .isSuccess();
  }

  /** The name that was probably meant. */
  static Optional<String> closest(Collection<String> names, String given) {
    String[] close = Catalogue.SUGGESTIONS.suggestEndpointOptions(new TreeSet<>(names), given);
    return close == null ? Optional.empty() : Arrays.stream(close).findFirst();
  }
}
