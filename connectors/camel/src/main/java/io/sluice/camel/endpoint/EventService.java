package io.sluice.camel.endpoint;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.sluice.camel.CamelError;
import io.sluice.events.v1.CloudEventBatch;
import io.sluice.events.v1.EventServiceGrpc;
import io.sluice.events.v1.PublishReply;
import io.sluice.sdk.error.SluiceException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.component.grpc.GrpcConstants;
import org.apache.camel.component.grpc.GrpcConsumer;
import org.apache.camel.component.grpc.server.BindableServiceFactory;
import org.apache.camel.component.grpc.server.DefaultBindableServiceFactory;
import org.apache.camel.spi.Registry;

/**
 * Sluice's own service for events over gRPC, served by camel-grpc. Camel's generic one would hold a
 * thread for each call, and answer every failure with the same status.
 */
final class EventService extends EventServiceGrpc.EventServiceImplBase {
  private final GrpcConsumer consumer;

  private EventService(GrpcConsumer consumer) {
    this.consumer = consumer;
  }

  /** Has camel-grpc serve it where a flow names it, and other services as it does by itself. */
  static void bind(Registry registry) {
    BindableServiceFactory others = new DefaultBindableServiceFactory();
    BindableServiceFactory factory =
        consumer ->
            EventServiceGrpc.SERVICE_NAME.equals(consumer.getConfiguration().getService())
                ? new EventService(consumer)
                : others.createBindableService(consumer);
    registry.bind(GrpcConstants.GRPC_BINDABLE_SERVICE_FACTORY_NAME, factory);
  }

  @Override
  public void publish(CloudEventBatch batch, StreamObserver<PublishReply> caller) {
    Exchange exchange = consumer.getEndpoint().createExchange(ExchangePattern.InOut);
    exchange.getMessage().setBody(batch);
    consumer
        .getAsyncProcessor()
        .process(exchange, doneSync -> answer(exchange, batch.getEventsCount(), caller));
  }

  private static void answer(Exchange exchange, int events, StreamObserver<PublishReply> caller) {
    Exception failure = exchange.getException();
    if (failure == null) {
      caller.onNext(PublishReply.newBuilder().setStored(events).build());
      caller.onCompleted();
    } else {
      boolean bad =
          failure instanceof SluiceException known && known.code() == CamelError.BAD_MESSAGE;
      Status status = bad ? Status.INVALID_ARGUMENT : Status.UNAVAILABLE;
      caller.onError(status.withDescription(failure.getMessage()).asRuntimeException());
    }
  }
}
