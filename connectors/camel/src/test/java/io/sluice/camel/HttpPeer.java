package io.sluice.camel;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** An HTTP server that keeps what it is sent, and answers as a test says. */
final class HttpPeer implements AutoCloseable {
  /** In place of a status: the connection is closed without an answer. */
  static final int NO_ANSWER = 0;

  /** In place of a status: the request stays open until the server closes. */
  static final int NEVER = -1;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Function<String, Integer> statusOfBody;
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final List<Headers> headers = new CopyOnWriteArrayList<>();

  private HttpPeer(Function<String, Integer> statusOfBody) throws IOException {
    this.statusOfBody = statusOfBody;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  static HttpPeer answering(Function<String, Integer> statusOfBody) throws IOException {
    return new HttpPeer(statusOfBody);
  }

  static HttpPeer answering(int status) throws IOException {
    return answering(body -> status);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    bodies.add(body);
    headers.add(exchange.getRequestHeaders());
    int status = statusOfBody.apply(body);
    if (status > 0) {
      exchange.sendResponseHeaders(status, -1);
      exchange.close();
    } else if (status == NO_ANSWER) {
      exchange.close();
    }
  }

  String uri() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/orders";
  }

  /** In order of arrival. */
  List<String> bodies() {
    return bodies;
  }

  Headers headers(int request) {
    return headers.get(request);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
