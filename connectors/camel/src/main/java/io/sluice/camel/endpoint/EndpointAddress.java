package io.sluice.camel.endpoint;

import io.sluice.camel.CamelError;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.util.URISupport;

/**
 * An endpoint as a flow file names it, taken apart: the path, which begins with the component's
 * name, and the options, whether they stood in the URI or beside it. Options never become part of a
 * URI again that anyone shows.
 *
 * @param path the URI without its query
 * @param options by name, values as Camel takes them
 * @param componentOptions those of the component itself, by name
 * @param places the key of the flow file under which each option stands
 */
public record EndpointAddress(
    String path,
    Map<String, String> options,
    Map<String, String> componentOptions,
    Map<String, Location.InBlock> places) {
  private static final String URI = "uri";
  private static final String PARAMETERS = "parameters";
  private static final String COMPONENT = "component";

  public EndpointAddress {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    componentOptions = Map.copyOf(componentOptions);
    places = Map.copyOf(places);
  }

  /**
   * Takes a URI apart.
   *
   * @param parameters options beside those of the URI
   * @param component options of the component itself
   * @throws SluiceException {@code camel.bad-endpoint}
   */
  public static EndpointAddress of(
      String uri, Map<String, String> parameters, Map<String, String> component) {
    int mark = uri.indexOf('?');
    String path = mark < 0 ? uri : uri.substring(0, mark);
    if (path.indexOf(':') < 1) {
      throw bad("the URI does not begin with the name of a component and a colon");
    }
    Map<String, String> options = new LinkedHashMap<>();
    Map<String, Location.InBlock> places = new TreeMap<>();
    query(mark < 0 ? "" : uri.substring(mark + 1))
        .forEach(
            (name, value) -> {
              if (value instanceof Collection) {
                throw bad("option '" + name + "' stands in the URI twice");
              }
              options.put(name, value.toString());
              places.put(name, Location.InBlock.of(URI));
            });
    parameters.forEach(
        (name, value) -> {
          if (options.put(name, value) != null) {
            throw new SluiceException(
                CamelError.BAD_ENDPOINT,
                "option '" + name + "' stands in the URI as well",
                Location.InBlock.of(PARAMETERS, name),
                "Keep one of the two.",
                null);
          }
          places.put(name, Location.InBlock.of(PARAMETERS, name));
        });
    return new EndpointAddress(EventAddress.completed(path), options, component, places);
  }

  private static Map<String, Object> query(String query) {
    try {
      return query.isEmpty() ? Map.of() : URISupport.parseQuery(query);
    } catch (URISyntaxException unreadable) {
      throw bad("what follows '?' in the URI is not a list of option=value with '&' in between");
    }
  }

  private static SluiceException bad(String message) {
    return new SluiceException(CamelError.BAD_ENDPOINT, message, Location.InBlock.of(URI));
  }

  /** Name of the component. */
  public String component() {
    return path.substring(0, path.indexOf(':'));
  }

  /** Where the file says an option, or the URI if it does not. */
  Location.InBlock place(String option) {
    return places.getOrDefault(option, Location.InBlock.of(URI));
  }

  /** Where the file says an option of the component. */
  static Location.InBlock componentPlace(String option) {
    return Location.InBlock.of(COMPONENT, option);
  }

  /** Without options and user, for people (I9). */
  public String shown() {
    return URISupport.sanitizeUri(path.replaceFirst("//[^/@]*@", "//"));
  }

  @Override
  public String toString() {
    return shown();
  }
}
