package io.sluice.camel.source;

import io.sluice.camel.CamelError;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** What the endpoint is told of an exchange at its end. */
final class ExchangeEnd {
  private static final int NO_CONTENT = 204;
  private static final int BAD_REQUEST = 400;
  private static final int UNAVAILABLE = 503;

  private ExchangeEnd() {}

  /** Its records are stored, or dropped by a rule. */
  static void stored(Exchange exchange) {
    answer(exchange, NO_CONTENT);
  }

  /** Its records are not done, and this flow does nothing more for them (I1). */
  static void givenUp(Exchange exchange) {
    exchange.setException(
        new SluiceException(
            CamelError.NOT_STORED, "the flow stopped before this was stored", Location.NONE));
    answer(exchange, UNAVAILABLE);
  }

  /** It holds no record. */
  static void refused(Exchange exchange, SluiceException reason) {
    exchange.setException(reason);
    answer(exchange, BAD_REQUEST);
  }

  /** Without an answer of its own, whoever asked would get back what it sent. */
  private static void answer(Exchange exchange, int httpStatus) {
    if (exchange.getPattern().isOutCapable()) {
      Message message = exchange.getMessage();
      message.removeHeaders("*");
      message.setBody(null);
      message.setHeader(Exchange.HTTP_RESPONSE_CODE, httpStatus);
    }
  }
}
