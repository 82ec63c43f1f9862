package io.sluice.camel.endpoint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.util.SensitiveUtils;

/**
 * The values of an endpoint that nobody may read, taken out of what Camel and its components say
 * (I9). Which options are secret, Camel's own list says; of headers, and of options that components
 * only pass on, the name. Immutable.
 */
public final class Concealment {
  private static final String HIDDEN = "***";
  private static final Pattern USER = Pattern.compile("//([^/@]+)@");
  private static final Pattern TELLING =
      Pattern.compile(
          "authorization|cookie|credential|(api|access|auth).?key|pass(word|phrase)|secret"
              + "|signature|token");

  private final List<String> secrets;

  /**
   * @param headers what is sent with each message, by name
   */
  public Concealment(EndpointAddress address, Map<String, String> headers) {
    List<String> found = new ArrayList<>();
    BiConsumer<String, String> look =
        (name, value) ->
            collect(SensitiveUtils.containsSensitive(name) || isTelling(name), value, found);
    address.options().forEach(look);
    address.componentOptions().forEach(look);
    headers.forEach((name, value) -> collect(isTelling(name), value, found));
    Matcher user = USER.matcher(address.path());
    if (user.find()) {
      found.add(user.group(1));
    }
    found.removeIf(String::isBlank);
    found.sort(Comparator.comparingInt(value -> -value.length()));
    this.secrets = List.copyOf(found);
  }

  private static void collect(boolean secret, String value, List<String> found) {
    if (secret) {
      found.add(value);
      found.add(value.replaceFirst("^RAW[({](.*)[)}]$", "$1"));
    }
  }

  private static boolean isTelling(String name) {
    return TELLING.matcher(name.toLowerCase(Locale.ROOT)).find();
  }

  /** A text without them. */
  public String apply(String text) {
    String shown = text;
    for (String secret : secrets) {
      shown = shown.replace(secret, HIDDEN);
    }
    return shown;
  }

  /** What an exception says, in one line. */
  public String words(Throwable failure) {
    String message = failure.getMessage();
    String name = failure.getClass().getSimpleName();
    return message == null || message.isBlank()
        ? name
        : apply(name + ": " + message.lines().findFirst().orElse("").strip());
  }
}
