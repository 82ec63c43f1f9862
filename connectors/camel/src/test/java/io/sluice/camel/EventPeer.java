package io.sluice.camel;

import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.sluice.events.v1.CloudEventBatch;
import io.sluice.events.v1.EventServiceGrpc.EventServiceImplBase;
import io.sluice.events.v1.PublishReply;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** A server of the event service that is not Camel's. */
final class EventPeer extends EventServiceImplBase implements AutoCloseable {
  private final List<CloudEventBatch> calls = new CopyOnWriteArrayList<>();
  private final BiConsumer<CloudEventBatch, StreamObserver<PublishReply>> answer;
  private final Server server;

  private EventPeer(int port, BiConsumer<CloudEventBatch, StreamObserver<PublishReply>> answer)
      throws IOException {
    this.answer = answer;
    this.server =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", port))
            .addService(this)
            .build()
            .start();
  }

  static EventPeer storing(int port) throws IOException {
    return new EventPeer(
        port,
        (batch, caller) -> {
          caller.onNext(PublishReply.newBuilder().setStored(batch.getEventsCount()).build());
          caller.onCompleted();
        });
  }

  static EventPeer failing(int port, Status status) throws IOException {
    return new EventPeer(port, (batch, caller) -> caller.onError(status.asRuntimeException()));
  }

  static EventPeer silent(int port) throws IOException {
    return new EventPeer(port, (batch, caller) -> {});
  }

  List<CloudEventBatch> calls() {
    return calls;
  }

  @Override
  public void publish(CloudEventBatch batch, StreamObserver<PublishReply> caller) {
    calls.add(batch);
    answer.accept(batch, caller);
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
