package io.sluice.camel.endpoint;

import io.sluice.events.v1.EventServiceGrpc;
import java.util.Map;

/** Addresses of Sluice's own service for events over gRPC, which {@code grpc:HOST:PORT} means. */
public final class EventAddress {
  static final String COMPONENT = "grpc";
  private static final String METHOD = "method";
  private static final String PUBLISH = "publish";

  private EventAddress() {}

  /** Whether an address is one of the service. */
  public static boolean names(EndpointAddress address) {
    return address.component().equals(COMPONENT)
        && address.path().endsWith("/" + EventServiceGrpc.SERVICE_NAME);
  }

  /** The path of a gRPC endpoint with the service, where it gives the host and the port only. */
  static String completed(String path) {
    String scheme = COMPONENT + ":";
    if (!path.startsWith(scheme)) {
      return path;
    }
    String place = path.substring(scheme.length()).replaceFirst("^//", "");
    return scheme + (place.indexOf('/') < 0 ? place + "/" + EventServiceGrpc.SERVICE_NAME : place);
  }

  /** Options that an address of the service has unless it says otherwise. */
  static Map<String, String> defaults(EndpointAddress address) {
    return names(address) ? Map.of(METHOD, PUBLISH) : Map.of();
  }
}
