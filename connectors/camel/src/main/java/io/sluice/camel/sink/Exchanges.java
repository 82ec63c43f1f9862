package io.sluice.camel.sink;

import io.sluice.camel.endpoint.EventAddress;
import io.sluice.camel.message.EventWriter;
import io.sluice.camel.message.MessageWriter;
import io.sluice.camel.sink.CamelSinkConfiguration.Load;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.record.Record;
import java.util.Iterator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;

/** Makes the exchanges that carry a batch. Thread-safe. */
final class Exchanges {
  private final Endpoint endpoint;
  private final MessageWriter writer;
  private final boolean events;
  private final Load load;

  /**
   * One exchange.
   *
   * @param from position of its first record
   */
  record Outgoing(Position from, Exchange exchange) {}

  Exchanges(Endpoint endpoint, CamelSinkConfiguration configuration) {
    this.endpoint = endpoint;
    this.writer = new MessageWriter(configuration.address().component(), configuration.headers());
    this.events = EventAddress.names(configuration.address());
    this.load = configuration.load();
  }

  /** The exchanges of a batch in order, each made when it is asked for. */
  Iterator<Outgoing> of(Batch batch) {
    return switch (load) {
      case BATCH -> List.of(new Outgoing(batch.first(), whole(batch))).iterator();
      case RECORD ->
          StreamSupport.stream(batch.records().spliterator(), false)
              .map(record -> new Outgoing(record.position(), single(batch, record)))
              .iterator();
    };
  }

  private Exchange whole(Batch batch) {
    Exchange exchange = endpoint.createExchange();
    if (events) {
      exchange.getMessage().setBody(EventWriter.write(batch));
    } else {
      writer.write(batch, exchange.getMessage());
    }
    return exchange;
  }

  private Exchange single(Batch batch, Record record) {
    Exchange exchange = endpoint.createExchange();
    if (events) {
      exchange.getMessage().setBody(EventWriter.write(batch, record));
    } else {
      writer.write(batch, record, exchange.getMessage());
    }
    return exchange;
  }
}
