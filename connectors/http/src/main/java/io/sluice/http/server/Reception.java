package io.sluice.http.server;

import io.netty.handler.codec.http.HttpRequest;

/** Where whole requests go that are to be taken. */
@FunctionalInterface
interface Reception {

  /** Takes a request. Called on the threads of the server; does not block. */
  void take(HttpRequest request, byte[] body, Caller caller);
}
