package io.sluice.flows.pattern;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Forms of IP addresses. event-ruler hands everything that looks like one to the system's resolver,
 * which asks name servers about dotted numbers that are none, such as {@code 1.2.3.999}: they must
 * not come that far.
 */
final class Networks {
  private static final Pattern DOTTED = Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+");
  private static final Pattern COLONS = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:]*");
  private static final Pattern BITS = Pattern.compile("[0-9]{1,3}");

  private Networks() {}

  /** The block that a text stands for: itself, or an IPv4 address; empty if it is neither. */
  static Optional<String> block(String text) {
    return Stream.of(text, text + "/32").filter(Networks::isBlock).findFirst();
  }

  /** The IPv4 address of a block that holds no other; empty if it does. */
  static Optional<String> onlyAddress(String block) {
    return block.endsWith("/32") && block.indexOf(':') < 0
        ? Optional.of(block.substring(0, block.indexOf('/')))
        : Optional.empty();
  }

  /** Whether a text is a block of addresses, {@code 10.0.0.0/24} or {@code 2001:db8::/32}. */
  static boolean isBlock(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !BITS.matcher(text.substring(slash + 1)).matches()) {
      return false;
    }
    String address = text.substring(0, slash);
    int bits = Integer.parseInt(text.substring(slash + 1));
    boolean fourth = DOTTED.matcher(address).matches() && !isFalseAddress(address);
    return fourth && bits <= 32 || COLONS.matcher(address).matches() && bits < 128;
  }

  /** Whether a text looks like an IPv4 address and is none. */
  static boolean isFalseAddress(String text) {
    return DOTTED.matcher(text).matches()
        && Arrays.stream(text.split("\\."))
            .anyMatch(part -> part.length() > 3 || Integer.parseInt(part) > 255);
  }
}
