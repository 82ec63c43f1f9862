package io.sluice.flows.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * IP addresses as texts whose prefixes are blocks. event-ruler's own {@code cidr} takes an IPv6
 * address that begins with the bytes of an IPv4 block for one of it, finds numbers in blocks, and
 * asks name servers about dotted numbers such as {@code 1.2.3.999}.
 */
final class Addresses {
  /** Begins every such text, and no text that a pattern would look for. */
  private static final String MARK = "\uE000ip";

  private static final Pattern DOTTED =
      Pattern.compile("([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})");
  private static final Pattern COLONS = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:]*");
  private static final Pattern BITS = Pattern.compile("[0-9]{1,3}");

  /** Bits of a hexadecimal digit. */
  private static final int DIGIT = 4;

  private Addresses() {}

  /**
   * The texts with which the marked addresses of a block begin: {@code 10.0.0.0/24}, {@code
   * 2001:db8::/32}, or one address alone. Empty if it is neither.
   */
  static List<String> prefixes(String block) {
    int slash = block.indexOf('/');
    Optional<byte[]> address = bytes(slash < 0 ? block : block.substring(0, slash));
    if (address.isEmpty()) {
      return List.of();
    }
    int most = address.get().length * Byte.SIZE;
    String given = slash < 0 ? Integer.toString(most) : block.substring(slash + 1);
    if (!BITS.matcher(given).matches() || Integer.parseInt(given) > most) {
      return List.of();
    }
    return prefixes(address.get(), Integer.parseInt(given));
  }

  private static List<String> prefixes(byte[] address, int bits) {
    String digits = HexFormat.of().formatHex(address);
    int whole = bits / DIGIT;
    String start = mark(address) + digits.substring(0, whole);
    int rest = bits % DIGIT;
    if (rest == 0) {
      return List.of(start);
    }
    int free = 1 << (DIGIT - rest);
    int first = Character.digit(digits.charAt(whole), 16) / free * free;
    List<String> prefixes = new ArrayList<>();
    for (int digit = first; digit < first + free; digit++) {
      prefixes.add(start + Character.forDigit(digit, 16));
    }
    return prefixes;
  }

  /** Whether a condition's text is one of {@link #prefixes}. */
  static boolean isPrefix(String text) {
    return text.startsWith(MARK);
  }

  /**
   * A value with marked addresses in place of addresses, and something that no condition matches in
   * place of other single values.
   */
  static JsonNode marked(JsonNode value) {
    if (value instanceof ArrayNode array) {
      ArrayNode changed = array.arrayNode();
      array.forEach(item -> changed.add(marked(item)));
      return changed;
    }
    if (value.isObject()) {
      return value;
    }
    return Optional.of(value)
        .filter(JsonNode::isTextual)
        .flatMap(text -> bytes(text.textValue()))
        .<JsonNode>map(
            address ->
                JsonNodeFactory.instance.textNode(
                    mark(address) + HexFormat.of().formatHex(address)))
        .orElseGet(JsonNodeFactory.instance::objectNode);
  }

  private static String mark(byte[] address) {
    return MARK + address.length + ":";
  }

  private static Optional<byte[]> bytes(String text) {
    Matcher dotted = DOTTED.matcher(text);
    if (dotted.matches()) {
      byte[] address = new byte[dotted.groupCount()];
      for (int index = 0; index < address.length; index++) {
        int part = Integer.parseInt(dotted.group(index + 1));
        if (part > 255) {
          return Optional.empty();
        }
        address[index] = (byte) part;
      }
      return Optional.of(address);
    }
    if (!COLONS.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      // What has a colon is never a host's name, so nobody is asked.
      return Optional.of(InetAddress.getByName(text).getAddress());
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
