package io.sluice.flows.binding;

import io.sluice.flows.FlowError;
import io.sluice.flows.document.Node;
import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.document.Node.Sequence;
import io.sluice.flows.document.Scalars;
import io.sluice.flows.finding.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads lists of {@code host:port}. */
final class Addresses {
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?");
  private static final int LARGEST_PORT = 65_535;
  private static final String EXAMPLE = "Write host:port, such as 10.2.0.5:9876.";

  private final Findings findings;

  Addresses(Findings findings) {
    this.findings = findings;
  }

  /** The addresses of a list, or of a text with {@code ;} between them; bad ones are reported. */
  List<String> read(Node node) {
    List<String> addresses = new ArrayList<>();
    if (node instanceof Sequence sequence) {
      sequence.items().forEach(item -> addresses.addAll(read(item)));
    } else if (node instanceof Scalar scalar) {
      for (String part : scalar.text().split(";")) {
        String address = part.strip();
        if (!address.isEmpty()) {
          check(address, scalar);
          addresses.add(address);
        }
      }
      if (addresses.isEmpty()) {
        findings.error(
            FlowError.MALFORMED_VALUE, scalar.place(), "an empty list of addresses", EXAMPLE);
      }
    }
    return addresses;
  }

  private void check(String address, Scalar scalar) {
    String shown = scalar.written().orElse(address);
    int colon = address.lastIndexOf(':');
    if (colon < 0) {
      bad(scalar, "address '" + shown + "' has no port");
      return;
    }
    if (!HOST.matcher(address.substring(0, colon)).matches()) {
      bad(scalar, "address '" + shown + "' has no valid host name or IPv4 address before the port");
    }
    String port = address.substring(colon + 1);
    boolean valid =
        Scalars.isInteger(port)
            && port.length() <= 5
            && Integer.parseInt(port) >= 1
            && Integer.parseInt(port) <= LARGEST_PORT;
    if (!valid) {
      bad(scalar, "address '" + shown + "' has no port from 1 to " + LARGEST_PORT);
    }
  }

  private void bad(Scalar scalar, String message) {
    findings.error(
        FlowError.MALFORMED_VALUE,
        scalar.place(),
        message,
        EXAMPLE + " Several are separated by ';'.");
  }
}
