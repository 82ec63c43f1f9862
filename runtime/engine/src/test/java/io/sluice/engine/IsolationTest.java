package io.sluice.engine;

import static io.sluice.engine.FakeSource.LANE_0;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.EngineHarness.Fakes;
import io.sluice.flows.model.EventFlow;
import io.sluice.flows.model.EventFlow.DesiredStatus;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Access;
import io.sluice.sdk.instance.Acl;
import io.sluice.sdk.instance.EgressProxy;
import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.instance.Secret;
import io.sluice.sdk.instance.Tls;
import io.sluice.sdk.instance.Version;
import io.sluice.sdk.source.PartitionProgress;
import io.sluice.sdk.source.Source;
import io.sluice.sdk.source.SourceContext;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong in one flow stays there. */
class IsolationTest {
  private EngineHarness harness = new EngineHarness();

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void aFlowThatThrowsEverywhereDisturbsNoOther() {
    Fakes good = harness.running("good");
    for (String method :
        List.of("start", "pause", "resume", "done", "progress", "stop", "offers", "write")) {
      harness.engine.add(throwing("bad-" + method, method));
    }
    for (int round = 0; round < 20; round++) {
      good.source().offer(LANE_0, 5);
      harness.engine.status();
      harness.scheduler.runFor(Duration.ofMillis(300));
      for (String method : List.of("pause", "resume")) {
        harness.engine.pause("bad-" + method);
        harness.scheduler.runFor(Duration.ofMillis(10));
        harness.engine.resume("bad-" + method);
      }
    }

    harness.scheduler.runFor(Duration.ofSeconds(1));
    assertThat(good.source().committed(LANE_0)).isEqualTo(new Position(100));
    assertThat(harness.status("good").troubled()).isFalse();
    assertThat(harness.store.checkpoints.get("good/lane-0").position().offset()).isEqualTo(100);
    for (String method : List.of("pause", "resume")) {
      assertThat(harness.status("bad-" + method).trouble()).as(method).isPresent();
    }
    for (String method : List.of("start", "done", "progress", "offers")) {
      FlowStatus bad = harness.status("bad-" + method);
      assertThat(bad.troubled()).as("%s: %s", method, bad).isTrue();
      assertThat(bad.state()).as(method).isIn(FlowState.STARTING_FAILED, FlowState.RUNNING_FAILED);
    }
    assertThat(harness.status("bad-write").state())
        .as("a bug may pass")
        .isEqualTo(FlowState.RUNNING);
    assertThat(harness.status("bad-write").troubled()).isTrue();
    assertThat(harness.drain(Duration.ofSeconds(20)).flows())
        .filteredOn(flow -> flow.name().equals("good"))
        .allMatch(flow -> flow.state() == FlowState.READY);
  }

  @Test
  void aRuleThatFailsStopsItsFlowAtTheRecordAndAcknowledgesNothingOfItsBatch() {
    Fakes fakes =
        harness.running(
            "flow",
            record -> {
              if (record.position().offset() == 7) {
                throw new IllegalArgumentException("not a number");
              }
              return true;
            });
    fakes.source().offer(LANE_0, 5);
    fakes.source().offer(LANE_0, 5);
    harness.awaitState("flow", FlowState.RUNNING_FAILED);

    SluiceException reason = harness.status("flow").trouble().orElseThrow();
    assertThat(reason.code().id()).isEqualTo("engine.rule-failed");
    assertThat(reason.location()).isEqualTo(Location.InFlow.of("flow", LANE_0, new Position(7)));
    assertThat(reason.message()).contains("not a number");
    assertThat(fakes.source().committed(LANE_0)).as("I1").isEqualTo(new Position(5));
    assertThat(fakes.sink().stored)
        .as("what came before the record")
        .hasSize(7)
        .endsWith(new Position(6));
  }

  @Test // I4
  void aSourceThatOffersTooEarlyOrOutOfOrderIsStopped() {
    Fakes early = harness.running("early");
    early.sink().then(batch -> new CompletableFuture<>());
    early.source().offer(LANE_0, 2);
    early.source().offer(LANE_0, 2);
    harness.awaitState("early", FlowState.RUNNING_FAILED);
    Fakes again = harness.running("again");
    Batch batch = again.source().offer(LANE_0, 2);
    again.source().receiver().offer(batch);
    harness.awaitState("again", FlowState.RUNNING_FAILED);

    for (String flow : List.of("early", "again")) {
      assertThat(harness.status(flow).trouble().orElseThrow().code().id())
          .isEqualTo("engine.contract-violated");
    }
    assertThat(again.sink().stored).hasSize(2);
  }

  @Test
  void anUnknownInstanceIsTheFlowsOwnTrouble() {
    harness.engine.add(
        TestFlows.flow(
            "flow",
            DesiredStatus.RUNNING,
            context -> {
              context.instance("nowhere");
              return new FakeSource();
            },
            Optional.empty(),
            context -> new FakeSink()));

    harness.awaitState("flow", FlowState.STARTING_FAILED);

    assertThat(harness.status("flow").trouble().orElseThrow().code().id())
        .isEqualTo("engine.unknown-instance");
  }

  @Test // I9
  void secretsAreNotShownWhateverAConnectorPutsIntoItsErrors() {
    harness = withSecrets();
    Fakes fakes = harness.running("flow");
    fakes.sink().then(batch -> CompletableFuture.failedFuture(leak())); // write
    fakes.sink().then(batch -> CompletableFuture.failedFuture(leak())); // resolve

    fakes.source().offer(LANE_0, 1);
    SluiceException shown = harness.status("flow").trouble().orElseThrow();
    StringWriter trace = new StringWriter();
    shown.printStackTrace(new PrintWriter(trace));

    assertThat(shown.message()).contains("***");
    assertThat(harness.status("flow") + trace.toString() + shown.suggestion())
        .doesNotContain("AK-4711")
        .doesNotContain("very-secret");
  }

  @ParameterizedTest // I9
  @ValueSource(strings = {"AK-4711", "very-secret", "of-the-proxy", "of-the-trust", "of-the-key"})
  void noSecretOfAnInstanceIsShown(String secret) {
    harness = withSecrets();
    Fakes fakes = harness.running("flow");
    RuntimeException leak = new IllegalStateException("no entry with " + secret);
    fakes.sink().then(batch -> CompletableFuture.failedFuture(leak)); // write
    fakes.sink().then(batch -> CompletableFuture.failedFuture(leak)); // resolve

    fakes.source().offer(LANE_0, 1);

    SluiceException shown = harness.status("flow").trouble().orElseThrow();
    assertThat(shown.message()).contains("no entry with ***");
  }

  private EngineHarness withSecrets() {
    harness.close();
    Tls tls =
        new Tls(
            Optional.empty(),
            Optional.of(Secret.of("of-the-trust")),
            Optional.empty(),
            Optional.empty(),
            Optional.of(Secret.of("of-the-key")),
            true,
            List.of("TLSv1.3"),
            true);
    EgressProxy proxy =
        new EgressProxy(
            EgressProxy.Type.SOCKS5,
            "localhost:1080",
            Optional.of(new EgressProxy.Login("somebody", Secret.of("of-the-proxy"))),
            EgressProxy.Resolution.HERE);
    Instance instance =
        Instance.builder("qingdao")
            .version(Version.V4)
            .nameServers(List.of("localhost:8100"))
            .acl(new Acl(Secret.of("AK-4711"), Secret.of("very-secret")))
            .access(Access.SSL)
            .tls(tls)
            .proxy(proxy)
            .build();
    return new EngineHarness(EngineHarness.START_TIMEOUT, Map.of("qingdao", instance));
  }

  private static RuntimeException leak() {
    return new IllegalStateException(
        "signature of AK-4711 failed", new IllegalArgumentException("with very-secret"));
  }

  /** A flow whose source or sink throws from one of its methods. */
  private static EventFlow throwing(String name, String method) {
    Function<SourceContext, Source> source =
        context -> {
          FakeSource real = new FakeSource();
          return (Source)
              Proxy.newProxyInstance(
                  Source.class.getClassLoader(),
                  new Class<?>[] {Source.class},
                  (proxy, called, arguments) -> {
                    if (called.getName().equals(method)) {
                      throw new IllegalStateException(method + " is broken");
                    }
                    Object answer = called.invoke(real, arguments);
                    if (called.getName().equals("start")) {
                      context.scheduler().after(Duration.ofMillis(50), () -> offers(real, method));
                    }
                    return answer;
                  });
        };
    return TestFlows.flow(
        name,
        DesiredStatus.RUNNING,
        source,
        Optional.empty(),
        context -> {
          FakeSink sink = new FakeSink();
          if (method.equals("write")) {
            for (int call = 0; call < 1_000; call++) {
              sink.then(
                  batch -> {
                    throw new IllegalStateException("write is broken");
                  });
            }
          }
          return sink;
        });
  }

  private static void offers(FakeSource source, String method) {
    Batch batch = source.offer(LANE_0, 2);
    if (method.equals("offers")) {
      source.receiver().offer(batch);
    }
    List<PartitionProgress> progress = source.progress();
    assertThat(progress).hasSize(2);
  }
}
