package io.sluice.http.admission;

import io.sluice.http.HttpError;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Domains that pages may be of. Immutable. */
public final class DomainList {
  private static final Pattern DOMAIN =
      Pattern.compile("(\\*\\.)?[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9-]+)*");
  private static final String ALL_BELOW = "*";

  private final List<String> domains;

  private DomainList(List<String> domains) {
    this.domains = domains;
  }

  /**
   * @param entries domains; {@code *.DOMAIN} for all below one
   * @throws SluiceException {@code http.bad-domain}
   */
  public static DomainList of(List<String> entries) {
    for (String entry : entries) {
      if (!DOMAIN.matcher(entry).matches()) {
        throw new SluiceException(
            HttpError.BAD_DOMAIN, "'" + entry + "' is no domain", Location.InBlock.of("referer"));
      }
    }
    return new DomainList(entries.stream().map(entry -> entry.toLowerCase(Locale.ROOT)).toList());
  }

  /** Whether the page of a {@code Referer} is of one of these domains. */
  public boolean contains(String referer) {
    String host;
    try {
      host = new URI(referer).getHost();
    } catch (URISyntaxException e) {
      return false;
    }
    if (host == null) {
      return false;
    }
    String name = host.toLowerCase(Locale.ROOT);
    return domains.stream()
        .anyMatch(
            domain ->
                domain.startsWith(ALL_BELOW)
                    ? name.endsWith(domain.substring(ALL_BELOW.length()))
                    : name.equals(domain));
  }
}
