package io.sluice.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.sluice.events.v1.CloudEvent;
import io.sluice.events.v1.CloudEvent.CloudEventAttributeValue;
import io.sluice.events.v1.CloudEventBatch;
import io.sluice.events.v1.EventServiceGrpc;
import io.sluice.events.v1.PublishReply;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.sink.WriteResult;
import io.sluice.sdk.sink.WriteResult.NotStored;
import io.sluice.sdk.sink.WriteResult.Stored;
import io.sluice.sdk.sink.WriteResult.Unknown;
import io.sluice.testkit.FreePorts;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GrpcTest {
  private final int port = FreePorts.one();
  private final String uri = "grpc:127.0.0.1:" + port;
  private final ManagedChannel channel =
      NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();

  @AfterEach
  void close() {
    channel.shutdownNow();
  }

  private static CloudEvent.Builder event(String data) {
    return CloudEvent.newBuilder()
        .setId("id-" + data)
        .setSource("/shop")
        .setType("order.paid")
        .setSpecVersion("1.0")
        .putAttributes("subject", text("order"))
        .putAttributes("keys", text("key-" + data))
        .putAttributes("datacontenttype", text("application/json"))
        .setTextData(data);
  }

  private static CloudEventAttributeValue text(String value) {
    return CloudEventAttributeValue.newBuilder().setCeString(value).build();
  }

  private ListenableFuture<PublishReply> publish(CloudEvent.Builder... events) {
    CloudEventBatch.Builder batch = CloudEventBatch.newBuilder();
    for (CloudEvent.Builder event : events) {
      batch.addEvents(event);
    }
    return EventServiceGrpc.newFutureStub(channel).withWaitForReady().publish(batch.build());
  }

  @Test
  void aCallIsAnsweredWhenAllOfItsEventsAreStored() throws Exception { // I1
    try (Reading reading = Reading.of(uri)) {
      ListenableFuture<PublishReply> reply = publish(event("a"), event("b"), event("c"));
      Batch batch = reading.next();
      assertThat(batch.count()).isEqualTo(3);
      assertThat(reply.isDone()).isFalse();

      reading.done(batch);

      assertThat(reply.get().getStored()).isEqualTo(3);
      DetachedRecord second = Reading.of(batch).get(1);
      assertThat(Reading.text(second)).isEqualTo("b");
      assertThat(second.keys()).contains("key-b");
      assertThat(second.userProperty("CE_id")).contains("id-b");
      assertThat(second.userProperty("CE_source")).contains("/shop");
      assertThat(second.userProperty("CE_type")).contains("order.paid");
      assertThat(second.userProperty("CE_specversion")).contains("1.0");
      assertThat(second.userProperty("CE_subject")).contains("order");
      assertThat(second.userProperty("CE_contenttype")).contains("application/json");
    }
  }

  @Test
  void aCallFailsWhenTheFlowStopsBefore() throws Exception { // I1
    Reading reading = Reading.of(uri);
    ListenableFuture<PublishReply> reply = publish(event("a"));
    reading.next();
    reading.close();

    assertThat(statusOf(reply)).isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void aBatchWithAnInvalidEventIsRefusedWhole() throws Exception {
    try (Reading reading = Reading.of(uri)) {
      assertThat(statusOf(publish(event("a"), event("b").clearType())))
          .isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(statusOf(publish(event("a").setSpecVersion("0.3"))))
          .isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(reading.hasNothing()).isTrue();
    }
  }

  private static Status.Code statusOf(ListenableFuture<PublishReply> reply) {
    Throwable[] failure = new Throwable[1];
    assertThatExceptionOfType(java.util.concurrent.ExecutionException.class)
        .isThrownBy(reply::get)
        .satisfies(thrown -> failure[0] = thrown.getCause());
    return ((StatusRuntimeException) failure[0]).getStatus().getCode();
  }

  @Test
  void aBatchIsOneCall() throws Exception {
    try (EventPeer peer = EventPeer.storing(port);
        Writing writing = Writing.of(uri)) {
      assertThat(writing.write(Writing.batch("a", "b", "c")).join()).isInstanceOf(Stored.class);

      assertThat(peer.calls()).hasSize(1);
      CloudEvent second = peer.calls().get(0).getEvents(1);
      assertThat(second.getBinaryData()).isEqualTo(ByteString.copyFromUtf8("b"));
      assertThat(second.getId()).isEqualTo("shop/orders/broker-a/0@101");
      assertThat(second.getSource()).isEqualTo("shop/orders/broker-a/0");
      assertThat(second.getType()).isEqualTo("sluice.record");
      assertThat(second.getAttributesMap().get("subject").getCeString()).isEqualTo("orders");
      assertThat(second.getAttributesMap().get("keys").getCeString()).isEqualTo("key-b");
      assertThat(second.getAttributesMap().get("tags").getCeString()).isEqualTo("paid");
      assertThat(second.getAttributesMap().get("city").getCeString()).isEqualTo("Qingdao");
      assertThat(second.getAttributesMap().get("time").getCeTimestamp().getSeconds())
          .isEqualTo(Writing.BORN.getEpochSecond());
      assertThat(second.getAttributesMap()).doesNotContainKey("CamelHttpUri");
    }
  }

  @Test
  void anEventComesOutAsItCameIn() throws Exception {
    CloudEvent.Builder event =
        event("a")
            .clearTextData()
            .setBinaryData(ByteString.copyFromUtf8("a"))
            .putAttributes("tags", text("paid"));
    DetachedRecord record;
    try (Reading reading = Reading.of(uri)) {
      publish(event);
      record = reading.records(1).get(0);
    }
    int other = FreePorts.one();
    try (EventPeer peer = EventPeer.storing(other);
        Writing writing = Writing.of("grpc:127.0.0.1:" + other)) {
      Batch batch =
          Batch.of(
              Writing.PARTITION,
              record.position(),
              record.position().plus(1),
              new io.sluice.sdk.batch.RecordPayload(List.of(record)));
      assertThat(writing.write(batch).join()).isInstanceOf(Stored.class);
      CloudEvent out = peer.calls().get(0).getEvents(0);
      assertThat(out.toBuilder().removeAttributes("time").build()).isEqualTo(event.build());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {"INVALID_ARGUMENT", "PERMISSION_DENIED", "UNAUTHENTICATED", "UNIMPLEMENTED"})
  void aServerThatRefusesABatchAlwaysWill(Status.Code status) throws Exception {
    NotStored result = (NotStored) answered(status);
    assertThat(result.from()).isEqualTo(new Position(100));
    assertThat(result.reason().code()).isEqualTo(CamelError.REFUSED);
    assertThat(result.reason()).isNotInstanceOf(RetriableException.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {"UNAVAILABLE", "INTERNAL", "UNKNOWN", "ABORTED", "DEADLINE_EXCEEDED"})
  void aServerThatFailsMayHaveStoredIt(Status.Code status) throws Exception {
    Unknown result = (Unknown) answered(status);
    assertThat(result.reason().code()).isEqualTo(CamelError.OUTCOME_UNKNOWN);
  }

  private WriteResult answered(Status.Code status) throws Exception {
    try (EventPeer peer = EventPeer.failing(port, status.toStatus());
        Writing writing = Writing.of(uri)) {
      WriteResult result = writing.write(Writing.batch("a", "b")).join();
      assertThat(peer.calls()).hasSize(1);
      return result;
    }
  }

  @Test
  void aServerThatIsNotThereHasNothing() {
    try (Writing writing = Writing.of(uri)) {
      NotStored result = (NotStored) writing.write(Writing.batch("a")).join();
      assertThat(result.reason().code()).isEqualTo(CamelError.NOT_DELIVERED);
      assertThat(result.reason()).isInstanceOf(RetriableException.class);
    }
  }

  @Test
  void aServerThatIsKilledMidCallMayHaveStoredIt() throws Exception {
    EventPeer peer = EventPeer.silent(port);
    try (Writing writing = Writing.of(uri)) {
      CompletableFuture<WriteResult> write = writing.write(Writing.batch("a", "b"));
      await().until(() -> peer.calls().size() == 1);
      peer.close();
      assertThat(write.join()).isInstanceOf(Unknown.class);

      try (EventPeer back = EventPeer.storing(port)) {
        await().until(() -> writing.write(Writing.batch("a", "b")).join() instanceof Stored);
        assertThat(back.calls()).isNotEmpty();
      }
    }
  }

  @Test
  void aServerThatNeverAnswersMayHaveStoredIt() throws Exception {
    StandingTime time = new StandingTime();
    try (EventPeer peer = EventPeer.silent(port);
        Writing writing = Writing.of(uri, time)) {
      CompletableFuture<WriteResult> write = writing.write(Writing.batch("a"));
      await().until(() -> peer.calls().size() == 1);
      assertThat(write).isNotDone();
      time.pass();
      assertThat(write.join()).isInstanceOf(Unknown.class);
    }
  }
}
