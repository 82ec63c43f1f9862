package io.sluice.http.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.sluice.http.admission.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * What a caller is told.
 *
 * @param status of the response
 * @param body of the response: JSON
 * @param headers of the response, beside those that every one has
 */
record Answer(HttpResponseStatus status, ObjectNode body, Map<String, String> headers) {
  private static final String RETRY_SECONDS = "1";

  /** The event is stored. */
  static Answer stored(String eventId) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("eventId", eventId);
    return new Answer(HttpResponseStatus.OK, body, Map.of());
  }

  /**
   * The request is not taken.
   *
   * @param methods that are
   */
  static Answer refused(Refusal refusal, List<String> methods) {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("code", refusal.code().id())
            .put("message", refusal.message());
    HttpResponseStatus status = refusal.status();
    boolean again =
        status.equals(HttpResponseStatus.TOO_MANY_REQUESTS)
            || status.equals(HttpResponseStatus.SERVICE_UNAVAILABLE);
    Map<String, String> headers =
        status.equals(HttpResponseStatus.METHOD_NOT_ALLOWED)
            ? Map.of("allow", String.join(", ", methods))
            : again ? Map.of("retry-after", RETRY_SECONDS) : Map.of();
    return new Answer(status, body, headers);
  }

  /**
   * @param method of the request: HEAD gets no body
   * @param keepsConnection whether another request may follow
   */
  FullHttpResponse response(HttpMethod method, boolean keepsConnection) {
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    boolean bare = method.equals(HttpMethod.HEAD);
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            status,
            bare ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(bytes));
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON);
    response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, bytes.length);
    headers.forEach(response.headers()::set);
    if (!keepsConnection) {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
    return response;
  }
}
