package io.sluice.http.admission;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.sluice.http.HttpError;
import io.sluice.http.HttpSourceConfiguration;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Says of each request, by its head, whether it is taken. Immutable. */
public final class Admission {
  private final HttpSourceConfiguration configuration;
  private final AddressList addresses;
  private final DomainList domains;
  private final String below;

  public Admission(HttpSourceConfiguration configuration) {
    this.configuration = configuration;
    this.addresses = AddressList.of(configuration.ip());
    this.domains = DomainList.of(configuration.referer());
    String path = configuration.path();
    this.below = path.endsWith("/") ? path : path + "/";
  }

  /** Why a request is not taken; empty if it is. */
  public Optional<Refusal> refusal(HttpRequest request, InetSocketAddress from) {
    if (!isAllowed(request, from)) {
      return refused(
          HttpResponseStatus.FORBIDDEN, HttpError.FORBIDDEN, "requests from here are not taken");
    }
    Optional<String> readable = path(request.uri());
    if (readable.isEmpty()) {
      return Optional.of(Refusal.malformed());
    }
    String path = readable.get();
    if (!path.equals(configuration.path()) && !path.startsWith(below)) {
      return refused(
          HttpResponseStatus.NOT_FOUND, HttpError.NOT_FOUND, "there is nothing at this path");
    }
    if (!configuration.method().contains(request.method().name())) {
      return refused(
          HttpResponseStatus.METHOD_NOT_ALLOWED,
          HttpError.METHOD_NOT_ALLOWED,
          "methods that are taken: " + String.join(", ", configuration.method()));
    }
    return Optional.empty();
  }

  /** The path of an address; empty if there are escapes in it that stand for nothing. */
  private static Optional<String> path(String address) {
    QueryStringDecoder decoder = new QueryStringDecoder(address);
    try {
      decoder.parameters();
      return Optional.of(decoder.path());
    } catch (IllegalArgumentException badEscape) {
      return Optional.empty();
    }
  }

  private boolean isAllowed(HttpRequest request, InetSocketAddress from) {
    return switch (configuration.securityConfig()) {
      case "ip" -> addresses.contains(from);
      case "referer" -> {
        String referer = request.headers().get(HttpHeaderNames.REFERER);
        yield referer != null && domains.contains(referer);
      }
      default -> true;
    };
  }

  private static Optional<Refusal> refused(
      HttpResponseStatus status, HttpError code, String message) {
    return Optional.of(new Refusal(status, code, message));
  }
}
