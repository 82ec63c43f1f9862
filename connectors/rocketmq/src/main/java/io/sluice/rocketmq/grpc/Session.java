package io.sluice.rocketmq.grpc;

import apache.rocketmq.v2.ClientType;
import apache.rocketmq.v2.Code;
import apache.rocketmq.v2.HeartbeatRequest;
import apache.rocketmq.v2.Language;
import apache.rocketmq.v2.MessagingServiceGrpc;
import apache.rocketmq.v2.NotifyClientTerminationRequest;
import apache.rocketmq.v2.Settings;
import apache.rocketmq.v2.TelemetryCommand;
import apache.rocketmq.v2.UA;
import io.grpc.stub.StreamObserver;
import io.sluice.rocketmq.RocketMqError;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.time.Scheduler;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * What proxies know of one source or sink: its settings, which it tells each proxy by a stream that
 * stays open, and that it lives, by heartbeats. Thread-safe.
 */
public final class Session {
  /** Of RocketMQ's own client whose behaviour this one shares: proxies look at it. */
  static final String CLIENT_VERSION = "5.2.0";

  private static final Duration HEARTBEATS = Duration.ofSeconds(10);

  private final ProxyClient client;
  private final Consumer<Runnable> later;
  private final Settings settings;
  private final String id;
  private final Map<String, Line> lines = new HashMap<>();
  private boolean closed;

  /**
   * @param name says whose session it is, to people who look at the proxy
   * @param settings who the client is and what it wants, without user agent and time limit
   */
  public Session(ProxyClient client, String name, Settings.Builder settings, Scheduler scheduler) {
    this(client, name, settings, beat -> scheduler.after(HEARTBEATS, beat));
  }

  private Session(
      ProxyClient client, String name, Settings.Builder settings, Consumer<Runnable> later) {
    this.client = client;
    this.later = later;
    this.id = "sluice@" + name + "@" + UUID.randomUUID();
    this.settings =
        settings
            .setRequestTimeout(Times.of(client.requestTimeout()))
            .setUserAgent(UA.newBuilder().setLanguage(Language.JAVA).setVersion(CLIENT_VERSION))
            .build();
    beatLater();
  }

  /** One that is closed before a heartbeat is due. */
  static Session brief(ProxyClient client, String name, Settings.Builder settings) {
    return new Session(client, name, settings, beat -> {});
  }

  /** By what proxies know it. */
  public String id() {
    return id;
  }

  /**
   * Makes sure that a proxy knows the settings.
   *
   * @return the settings as the proxy completes them; fails with a {@link
   *     io.sluice.sdk.error.SluiceException}
   */
  public CompletableFuture<Settings> open(String address) {
    Line line;
    boolean fresh;
    synchronized (this) {
      if (closed) {
        return CompletableFuture.failedFuture(brokenOff(address));
      }
      Line known = lines.get(address);
      fresh = known == null || known.ended();
      line = fresh ? new Line(address) : known;
      lines.put(address, line);
    }
    if (fresh) {
      line.begin();
    }
    return line.answered.exceptionallyCompose(
        failure ->
            CompletableFuture.failedFuture(
                failure instanceof TimeoutException ? silent(address) : failure));
  }

  private RetriableException brokenOff(String address) {
    return new RetriableException(
        RocketMqError.UNREACHABLE, "proxy " + address + " ended the session", place());
  }

  private RetriableException silent(String address) {
    return new RetriableException(
        RocketMqError.TIMEOUT,
        "proxy " + address + " does not answer the client's settings",
        place());
  }

  private Location place() {
    return new Location.Named("instance " + client.instance().name());
  }

  private void beatLater() {
    later.accept(this::beat);
  }

  private void beat() {
    List<Line> known;
    synchronized (this) {
      if (closed) {
        return;
      }
      known = List.copyOf(lines.values());
    }
    for (Line line : known) {
      if (line.ended()) {
        open(line.address);
      } else if (line.isKnown()) {
        beat(line);
      }
    }
    beatLater();
  }

  private void beat(Line line) {
    HeartbeatRequest.Builder request =
        HeartbeatRequest.newBuilder().setClientType(settings.getClientType());
    if (settings.hasSubscription()) {
      request.setGroup(settings.getSubscription().getGroup());
    }
    client
        .call(line.address, MessagingServiceGrpc.getHeartbeatMethod(), id, request.build())
        .thenAccept(
            answer -> {
              if (answer.getStatus().getCode() == Code.UNRECOGNIZED_CLIENT_TYPE) {
                line.hangUp(); // it has forgotten the settings, and is to be told again
              }
            });
  }

  /** Takes leave of the proxies. Completes when they have answered or stay silent. */
  public CompletableFuture<Void> close() {
    List<Line> left;
    synchronized (this) {
      closed = true;
      left = List.copyOf(lines.values());
      lines.clear();
    }
    return CompletableFuture.allOf(
        left.stream()
            .filter(line -> !line.ended())
            .map(this::leave)
            .toArray(CompletableFuture<?>[]::new));
  }

  private CompletableFuture<Void> leave(Line line) {
    NotifyClientTerminationRequest.Builder request = NotifyClientTerminationRequest.newBuilder();
    if (settings.getClientType() != ClientType.PRODUCER) {
      request.setGroup(settings.getSubscription().getGroup());
    }
    return client
        .call(
            line.address,
            MessagingServiceGrpc.getNotifyClientTerminationMethod(),
            id,
            request.build())
        .handle(
            (answer, failure) -> {
              line.hangUp();
              return null;
            });
  }

  /** The stream to one proxy. */
  private final class Line implements StreamObserver<TelemetryCommand> {
    private final String address;
    private final CompletableFuture<Settings> answered =
        new CompletableFuture<Settings>()
            .orTimeout(client.requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
    private final CompletableFuture<StreamObserver<TelemetryCommand>> stream =
        new CompletableFuture<>();
    private final AtomicBoolean hungUp = new AtomicBoolean();
    private volatile boolean over;

    private Line(String address) {
      this.address = address;
    }

    void begin() {
      StreamObserver<TelemetryCommand> opened =
          client.open(address, MessagingServiceGrpc.getTelemetryMethod(), id, this);
      stream.complete(opened);
      opened.onNext(
          TelemetryCommand.newBuilder()
              .setSettings(settings.toBuilder().setAccessPoint(ProxyRoute.endpoints(address)))
              .build());
      answered.whenComplete(
          (known, failure) -> {
            if (failure != null) {
              hangUp();
            }
          });
    }

    boolean ended() {
      return over;
    }

    /** Before that the proxy takes a heartbeat for one of a client that it has forgotten. */
    boolean isKnown() {
      return answered.isDone() && !answered.isCompletedExceptionally();
    }

    void hangUp() {
      over = true;
      if (hungUp.compareAndSet(false, true)) {
        stream.thenAccept(StreamObserver::onCompleted);
      }
    }

    @Override
    public void onNext(TelemetryCommand command) {
      boolean refused =
          command.hasStatus() && command.getStatus().getCode() != Code.OK; // settings or none
      if (refused) {
        answered.completeExceptionally(
            ProxyAnswers.error(command.getStatus(), client.instance(), "the client's settings"));
      } else if (command.hasSettings()) {
        answered.complete(command.getSettings());
      }
    }

    @Override
    public void onError(Throwable failure) {
      over = true;
      answered.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
      over = true;
      answered.completeExceptionally(brokenOff(address));
    }
  }
}
