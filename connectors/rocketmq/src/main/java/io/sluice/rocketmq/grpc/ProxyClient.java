package io.sluice.rocketmq.grpc;

import apache.rocketmq.v2.Resource;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.sluice.rocketmq.client.AnswerTimes;
import io.sluice.rocketmq.client.CallFailure;
import io.sluice.rocketmq.client.WireNames;
import io.sluice.rocketmq.transport.ProxyChannels;
import io.sluice.sdk.instance.Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Calls to the proxies of one instance, signed, each with a deadline. Answers come on the client's
 * I/O thread, which must not be blocked. Thread-safe.
 */
public final class ProxyClient {
  static {
    // Protocol Buffers warns on the console of each generated class of RocketMQ's age, with which a
    // peer could waste memory; the peer here is the user's own proxy. There is no narrower switch.
    System.setProperty("com.google.protobuf.use_unsafe_pre22_gencode", "true");
  }

  private final ProxyChannels channels;
  private final WireNames names;
  private final Headers headers;
  private final ProxyFaults faults;

  /** Counts how often a proxy was given up for the next one. */
  private final AtomicInteger turn = new AtomicInteger();

  ProxyClient(Instance instance) {
    channels = new ProxyChannels(instance);
    names = new WireNames(instance.namespace());
    headers = new Headers(instance.acl(), names.beside());
    faults = new ProxyFaults(channels);
  }

  /** The instance that this client reaches. */
  public Instance instance() {
    return channels.instance();
  }

  /** When the answer to a large request is late. */
  public AnswerTimes answerTimes() {
    return AnswerTimes.within(requestTimeout());
  }

  /** How long an answer may take. */
  Duration requestTimeout() {
    return instance().timeouts().request();
  }

  /** A topic or group as proxies are asked for it, in the instance's namespace. */
  public Resource resource(String name) {
    Resource.Builder resource = Resource.newBuilder().setName(names.wire(name));
    names.beside().ifPresent(resource::setResourceNamespace);
    return resource.build();
  }

  /** The configured proxy whose turn it is. */
  String proxy() {
    List<String> proxies = instance().proxies();
    return proxies.get(Math.floorMod(turn.get(), proxies.size()));
  }

  /** Gives the configured proxy whose turn it is up for the next one. */
  void nextProxy() {
    turn.incrementAndGet();
  }

  /**
   * Asks for one answer, and waits for it as long as the instance's timeout for requests says.
   *
   * @param clientId names the source or the sink that calls
   * @return the answer, whatever its status; fails with a {@link
   *     io.sluice.sdk.error.SluiceException}, which is a {@link CallLost} if the call may have
   *     reached the proxy
   */
  public <Q, A> CompletableFuture<A> call(
      String address, MethodDescriptor<Q, A> method, String clientId, Q request) {
    return stream(address, method, clientId, request, Duration.ZERO)
        .answers()
        .exceptionallyCompose(
            failure ->
                channels.fallsBack(address) && !(CallFailure.unwrap(failure) instanceof CallLost)
                    ? stream(address, method, clientId, request, Duration.ZERO).answers()
                    : CompletableFuture.failedFuture(failure))
        .thenApply(answers -> answers.all().get(0));
  }

  /**
   * Asks for any number of answers, and collects them.
   *
   * @param poll how long the proxy is asked to wait by itself, on top of the time for requests
   * @return fails like {@link #call} when there are none
   */
  public <Q, A> Underway<A> stream(
      String address, MethodDescriptor<Q, A> method, String clientId, Q request, Duration poll) {
    ManagedChannel channel = channels.channel(address);
    Collector<A> answers = new Collector<>();
    Duration deadline = poll.plus(requestTimeout());
    CallOptions options =
        CallOptions.DEFAULT.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS);
    ClientCall<Q, A> call = newCall(channel, method, clientId, options);
    if (method.getType().serverSendsOneMessage()) {
      ClientCalls.asyncUnaryCall(call, request, answers);
    } else {
      ClientCalls.asyncServerStreamingCall(call, request, answers);
    }
    return new Underway<>(
        answers.end.exceptionallyCompose(failure -> faults.explain(address, channel, failure)),
        () -> call.cancel("not wanted any more", null));
  }

  /**
   * A call that is open.
   *
   * @param answers until the end of the stream, or until it broke
   * @param cancel gives it up
   */
  public record Underway<A>(CompletableFuture<Answers<A>> answers, Runnable cancel) {}

  /**
   * What came of a call.
   *
   * @param all in the order of the stream; at least one
   * @param crossedNanos from the first one to the end of the stream
   */
  public record Answers<A>(List<A> all, long crossedNanos) {}

  /**
   * Opens a stream in both directions, without a deadline.
   *
   * @param answers is told of the stream's failure as {@link #call} would fail
   * @return takes what is to be sent, one message at a time
   */
  <Q, A> StreamObserver<Q> open(
      String address, MethodDescriptor<Q, A> method, String clientId, StreamObserver<A> answers) {
    ManagedChannel channel = channels.channel(address);
    return ClientCalls.asyncBidiStreamingCall(
        newCall(channel, method, clientId, CallOptions.DEFAULT),
        new StreamObserver<>() {
          @Override
          public void onNext(A answer) {
            answers.onNext(answer);
          }

          @Override
          public void onError(Throwable failure) {
            faults
                .<A>explain(address, channel, failure)
                .whenComplete((never, reason) -> answers.onError(CallFailure.unwrap(reason)));
          }

          @Override
          public void onCompleted() {
            answers.onCompleted();
          }
        });
  }

  private <Q, A> ClientCall<Q, A> newCall(
      ManagedChannel channel, MethodDescriptor<Q, A> method, String clientId, CallOptions options) {
    Metadata metadata = headers.of(clientId, Instant.now());
    return MetadataUtils.newAttachHeadersInterceptor(metadata)
        .interceptCall(method, options, channel);
  }

  void close() {
    channels.close();
  }

  @Override
  public String toString() {
    return instance().name();
  }

  private static final class Collector<A> implements StreamObserver<A> {
    private final List<A> answers = new ArrayList<>();
    private final CompletableFuture<Answers<A>> end = new CompletableFuture<>();
    private long firstAt;

    @Override
    public void onNext(A answer) {
      if (answers.isEmpty()) {
        firstAt = System.nanoTime();
      }
      answers.add(answer);
    }

    @Override
    public void onError(Throwable failure) {
      if (answers.isEmpty()) {
        end.completeExceptionally(failure);
      } else {
        end.complete(collected());
      }
    }

    @Override
    public void onCompleted() {
      if (answers.isEmpty()) {
        end.completeExceptionally(
            Status.INTERNAL.withDescription("an empty answer").asRuntimeException());
      } else {
        end.complete(collected());
      }
    }

    private Answers<A> collected() {
      return new Answers<>(answers, System.nanoTime() - firstAt);
    }
  }
}
