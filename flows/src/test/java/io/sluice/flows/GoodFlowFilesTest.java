package io.sluice.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.flows.fake.FakeGenerator.Generating;
import io.sluice.flows.fake.FakeRocketMq.Offset;
import io.sluice.flows.fake.FakeRocketMq.Reading;
import io.sluice.flows.fake.FakeRocketMq.Writing;
import io.sluice.flows.model.BatchWindow;
import io.sluice.flows.model.BrokerSpec;
import io.sluice.flows.model.BusRule;
import io.sluice.flows.model.BusRule.Status;
import io.sluice.flows.model.EventBus;
import io.sluice.flows.model.EventFlow;
import io.sluice.flows.model.EventFlow.DesiredStatus;
import io.sluice.flows.model.FlowModel;
import io.sluice.flows.model.Idempotence;
import io.sluice.flows.model.RetryStrategy;
import io.sluice.flows.model.RetryStrategy.Push;
import io.sluice.flows.model.RunOptions;
import io.sluice.flows.model.RunOptions.ErrorsTolerance;
import io.sluice.flows.model.Throttling;
import io.sluice.flows.model.TopicSpec;
import io.sluice.flows.model.TopicSpec.MessageType;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.connector.SinkDescription;
import io.sluice.sdk.error.Location.InFile;
import io.sluice.sdk.instance.Access;
import io.sluice.sdk.instance.Acl;
import io.sluice.sdk.instance.EgressProxy;
import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.instance.Namespace;
import io.sluice.sdk.instance.Network;
import io.sluice.sdk.instance.Protocol;
import io.sluice.sdk.instance.Secret;
import io.sluice.sdk.instance.Timeouts;
import io.sluice.sdk.instance.Tls;
import io.sluice.sdk.instance.Version;
import io.sluice.sdk.instance.Vpc;
import io.sluice.sdk.record.DetachedRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoodFlowFilesTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("SG_KEY", "AK", "COUNT", "500", "CREATE", "false", "TAG", "pa\"id");

  private static LoadedFlows load(Path path) {
    LoadedFlows loaded = Loading.load(ENVIRONMENT, path);
    assertThat(loaded.findings()).isEmpty();
    return loaded;
  }

  @Test
  void bindsABrokerWithItsTopicsAndDefaults() {
    Path file = Loading.resource("good/two-regions.yaml");

    assertThat(load(file).model().brokers())
        .containsExactly(
            new BrokerSpec(
                "qingdao",
                Optional.of("cn-qingdao"),
                Optional.of(file.resolveSibling("data/qingdao")),
                "127.0.0.1",
                8100,
                10100,
                List.of(
                    new TopicSpec("orders", 8, MessageType.NORMAL),
                    new TopicSpec("payments", 4, MessageType.FIFO)),
                Duration.ofDays(7),
                new InFile(file.toString(), 1, 1)));
  }

  @Test
  void bindsAnInstanceOfTheChosenNetwork() {
    assertThat(load(Loading.resource("good/two-regions.yaml")).model().instances())
        .containsExactly(
            Instance.builder("singapore")
                .region("ap-southeast-1")
                .network(Network.PUBLIC)
                .nameServers(List.of("203.0.113.7:8200", "rmq.example.com:8200"))
                .acl(new Acl(Secret.of("AK"), Secret.of("hunter2")))
                .build());
  }

  @Test
  void bindsHowInstancesAreReached() {
    Path file = Loading.resource("good/secured.yaml");
    Optional<Path> secured = Optional.of(file.resolveSibling("secrets/sg.txt"));
    Optional<Secret> password = Optional.of(Secret.of("hunter2"));

    List<Instance> instances = load(file).model().instances();

    assertThat(instances)
        .containsExactly(
            Instance.builder("singapore")
                .region("ap-southeast-1")
                .nameServers(List.of("10.2.0.5:9876"))
                .acl(new Acl(Secret.of("AK"), Secret.of("SK"), Optional.of(Secret.of("ST"))))
                .access(Access.PERMISSIVE)
                .tls(
                    new Tls(
                        secured,
                        Optional.of(Secret.of("AK")),
                        secured,
                        secured,
                        password,
                        false,
                        List.of("TLSv1.3"),
                        true))
                .vpc(new Vpc("vpc-1", Optional.of("vsw-1"), Optional.of("sg-1")))
                .namespace(new Namespace.Prefix("MQ_INST_1_a"))
                .proxy(
                    new EgressProxy(
                        EgressProxy.Type.HTTP,
                        "proxy:3128",
                        Optional.of(new EgressProxy.Login("somebody", Secret.of("AK"))),
                        EgressProxy.Resolution.PROXY))
                .timeouts(new Timeouts(Duration.ofSeconds(10), Duration.ofMinutes(1)))
                .build(),
            Instance.builder("tokyo")
                .version(Version.V5)
                .nameServers(List.of("10.3.0.5:9876"))
                .access(Access.SSL)
                .vpc(new Vpc("vpc-2", Optional.empty(), Optional.empty()))
                .namespace(new Namespace.Header("rmq-cn-1"))
                .proxy(
                    new EgressProxy(
                        EgressProxy.Type.SOCKS5,
                        "10.0.0.1:1080",
                        Optional.empty(),
                        EgressProxy.Resolution.HERE))
                .timeouts(new Timeouts(Duration.ofSeconds(3), Duration.ofSeconds(20)))
                .build());
    assertThat(instances.toString()).doesNotContain("hunter2", "=AK", "=SK", "=ST");
  }

  @Test
  void speaksGrpcWhereThereIsOnlyAProxyAndWhereItIsSaid() {
    List<Instance> instances = load(Loading.resource("good/proxied.yaml")).model().instances();

    assertThat(instances)
        .extracting(Instance::protocol, Instance::nameServers, Instance::proxies)
        .containsExactly(
            tuple(Protocol.GRPC, List.of(), List.of("10.2.0.5:8081", "10.2.0.6:8081")),
            tuple(Protocol.REMOTING, List.of("10.2.0.5:9876"), List.of("10.2.0.5:8081")),
            tuple(Protocol.GRPC, List.of("10.2.0.5:9876"), List.of("10.2.0.5:8081")),
            tuple(Protocol.REMOTING, List.of("10.2.0.5:8080"), List.of()));
  }

  @Test
  void bindsAFlowWithDefaultsAndPlaceholders() {
    EventFlow flow = load(Loading.resource("good/two-regions.yaml")).model().flows().get(0);

    assertThat(flow.name()).isEqualTo("paid-orders");
    assertThat(flow.description())
        .contains("Paid orders of \"nobody\", written as ${env:OWNER} and ${template}");
    assertThat(flow.status()).isEqualTo(DesiredStatus.RUNNING);
    assertThat(flow.source().connector()).isEqualTo("rocketmq");
    assertThat(flow.source().configuration())
        .isEqualTo(
            new Reading(
                "qingdao",
                "orders",
                Optional.of("GID_paid_orders"),
                "TAG",
                "paid || refunded",
                Offset.CONSUME_FROM_TIMESTAMP,
                Optional.of("2026-11-01T00:00:00Z")));
    assertThat(flow.sink().configuration())
        .isEqualTo(new Writing("singapore", Optional.of("orders"), true, false));
    assertThat(flow.filter()).isPresent();
  }

  @Test
  void placeholdersBecomeTheNumbersAndBooleansThatTheSchemaWants() {
    EventFlow flow = load(Loading.resource("good/two-regions.yaml")).model().flows().get(1);

    assertThat(flow.source().configuration()).isEqualTo(new Generating(500));
    assertThat(flow.sink().configuration())
        .isEqualTo(new Writing("qingdao", Optional.of("payments"), false, false));
    assertThat(flow.status()).isEqualTo(DesiredStatus.PAUSED);
  }

  @Test
  void bindsATransformFromAStructureAndFromAPastedDocument() {
    for (EventFlow flow : load(Loading.resource("good/transforms.yaml")).model().flows()) {
      DetachedRecord order =
          DetachedRecord.builder("orders", new Position(1))
              .body("{\"id\":\"A\\\"1\",\"amount\":5}".getBytes(StandardCharsets.UTF_8))
              .build();
      DetachedRecord made = flow.transform().orElseThrow().apply(order);

      assertThat(StandardCharsets.UTF_8.decode(made.body()).toString())
          .isEqualTo("{\"order\":\"A\\\"1\",\"amount\":5,\"by\":\"crm\"}");
      assertThat(made.tag()).contains("big");
      assertThat(flow.sink().configuration())
          .isEqualTo(new Writing("here", Optional.of("orders-" + flow.name()), true, false));
    }
  }

  @Test
  void aFlowWithoutTransformHasNone() {
    assertThat(load(Loading.resource("good/two-regions.yaml")).model().flows())
        .allSatisfy(flow -> assertThat(flow.transform()).isEmpty());
  }

  @Test
  void anEmptyPatternIsNoFilter() {
    assertThat(load(Loading.resource("good/two-regions.yaml")).model().flows().get(1).filter())
        .isEmpty();
  }

  @Test
  void loadsJsonInTheSpellingOfAlibabasInterfaces() {
    LoadedFlows loaded = load(Loading.resource("good/pascal-case.json"));

    assertThat(loaded.model().instances().get(0).version()).isEqualTo(Version.V5);
    assertThat(loaded.model().instances().get(0).nameServers())
        .containsExactly("10.0.0.1:9876", "10.0.0.2:9876");
    EventFlow flow = loaded.model().flows().get(0);
    assertThat(flow.source().configuration())
        .isEqualTo(
            new Reading(
                "hangzhou",
                "orders",
                Optional.of("GID_copy"),
                "TAG",
                "*",
                Offset.CONSUME_FROM_TIMESTAMP,
                Optional.of("1793491200000")));
    assertThat(flow.sink().configuration())
        .isEqualTo(new Writing("hangzhou", Optional.of("copies/orders"), true, false));
  }

  @Test
  void placeholdersInAPatternOfJsonTextStandWithinItsValues() {
    EventFlow flow = load(Loading.resource("good/pascal-case.json")).model().flows().get(0);
    DetachedRecord.Builder record = DetachedRecord.builder("orders", new Position(0));

    assertThat(flow.filter().orElseThrow().test(record.tag("pa\"id").build())).isTrue();
    assertThat(flow.filter().orElseThrow().test(record.tag("refunded").build())).isFalse();
  }

  @Test
  void wordsThatLookLikeOtherTypesStayText() {
    LoadedFlows loaded = load(Loading.resource("good/words.yaml"));

    assertThat(loaded.model().brokers().get(0).name()).isEqualTo("on");
    assertThat(loaded.model().brokers().get(0).topics())
        .extracting(TopicSpec::name)
        .containsExactly("007", "0x1F", "1_000", "no", "off", "y", "2024");
    EventFlow flow = loaded.model().flows().get(0);
    assertThat(flow.description()).contains("2026-11-01");
    assertThat(flow.sink().configuration())
        .isEqualTo(new Writing("on", Optional.of("12:30:45"), true, false));
  }

  @Test
  void aFolderIsLoadedByNameAndAsOne(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("b.yml"), "kind: Broker\nname: second\n");
    Files.writeString(folder.resolve("a.yaml"), "---\n\n---\nkind: Broker\nname: first\n---\n");
    Files.writeString(folder.resolve("c.json"), "{\"kind\":\"Broker\",\"name\":\"third\"}");
    Files.writeString(folder.resolve("notes.txt"), "not a flow");
    Files.createDirectory(folder.resolve("below"));
    Files.writeString(folder.resolve("below/d.yaml"), "kind: Broker\nname: fourth\n");

    assertThat(load(folder).model().brokers())
        .extracting(BrokerSpec::name)
        .containsExactly("first", "second", "third");
  }

  @Test
  void aFileThatIsNamedTwiceIsLoadedOnce(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a.yaml"), "\uFEFFkind: Broker\nname: first\n");

    assertThat(Loading.load(Map.of(), folder, file).findings()).isEmpty();
  }

  @Test
  void aMissingPathIsAnErrorAndAnEmptyFolderAWarning(@TempDir Path folder) {
    Path absent = folder.resolve("absent.yaml");

    LoadedFlows missing = Loading.load(Map.of(), absent);
    LoadedFlows empty = Loading.load(Map.of(), folder);

    assertThat(missing.findings())
        .extracting(Finding::code, Finding::location)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                FlowError.MISSING_PATH, new InFile(absent.toString(), 1, 1)));
    assertThat(missing.hasErrors()).isTrue();
    assertThat(empty.findings()).extracting(Finding::code).containsExactly(FlowError.NOTHING_FOUND);
    assertThat(empty.hasErrors()).isFalse();
  }

  @Test
  void aFileThatIsTooLargeIsNotRead(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a.yaml"), "# " + "x".repeat(3 << 20));

    assertThat(Loading.load(Map.of(), file).findings())
        .extracting(Finding::code)
        .containsExactly(FlowError.FILE_TOO_LARGE);
  }

  @Test
  void whatHasNoErrorIsLoadedBesideWhatHas(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("a.yaml"), "kind: Broker\nname: one\n---\nkind: Broker\nnam: two\n");

    LoadedFlows loaded = Loading.load(Map.of(), file);

    assertThat(loaded.hasErrors()).isTrue();
    assertThat(loaded.model().brokers()).extracting(BrokerSpec::name).containsExactly("one");
  }

  @Test
  void flowsInOppositeDirectionsAreNoLoopWhereSinksRecogniseWhatCameRound() {
    assertThat(load(Loading.resource("good/both-ways.yaml")).model().flows()).hasSize(2);
  }

  @Test
  void aBusBecomesAFlowForEachSourceAndEachTarget() {
    FlowModel model = load(Loading.resource("good/bus.yaml")).model();

    assertThat(model.flows())
        .extracting(
            EventFlow::name,
            flow -> flow.source().describe().topic(),
            flow -> flow.sink().describe().topic())
        .containsExactly(
            tuple("shop/orders", "orders", "eventbus-shop"),
            tuple("shop/ticks", "generated", "eventbus-shop"),
            tuple("shop/big-orders/crm", "eventbus-shop", "crm"),
            tuple("shop/big-orders/ledger", "eventbus-shop", "ledger"),
            tuple("shop/everything/archive", "eventbus-shop", "archive"));
    RunOptions crm = model.flows().get(2).runOptions().orElseThrow();
    assertThat(crm.maximumTasks()).hasValue(8);
    assertThat(crm.deadLetterQueue().orElseThrow().describe().topic()).isEqualTo("crm-dead");
    assertThat(model.flows().get(3).runOptions()).isEmpty();
  }

  @Test
  void bindsBusesWithTheirDefaults() {
    FlowModel model = load(Loading.resource("good/bus.yaml")).model();

    EventBus shop = model.buses().get(0);
    assertThat(shop.description()).contains("everything that happens in the shop");
    assertThat(shop.instance()).isEqualTo("hz");
    assertThat(shop.store().describe().topic()).isEqualTo("eventbus-shop");
    assertThat(shop.queues()).isEqualTo(8);
    assertThat(shop.sources()).containsExactly("shop/orders", "shop/ticks");
    assertThat(shop.rules())
        .extracting(BusRule::name, BusRule::status, BusRule::targets)
        .containsExactly(
            tuple(
                "big-orders",
                Status.ENABLE,
                List.of("shop/big-orders/crm", "shop/big-orders/ledger")),
            tuple("everything", Status.DISABLE, List.of("shop/everything/archive")));
    assertThat(shop.rules().get(0).pattern()).isPresent();
    assertThat(shop.rules().get(1).pattern()).isEmpty();
    EventBus bare = model.buses().get(1);
    assertThat(bare.topic()).isEqualTo("events");
    assertThat(bare.queues()).isEqualTo(2);
    assertThat(bare.rules()).isEmpty();
  }

  @Test
  void aTargetReadsUnderItsOwnNameFromWhereItsRuleSays() {
    List<EventFlow> flows = load(Loading.resource("good/bus.yaml")).model().flows();

    Reading crm = (Reading) flows.get(2).source().configuration();
    assertThat(crm.reader()).contains("shop/big-orders/crm");
    assertThat(crm.queues()).hasValue(8);
    assertThat(crm.offset()).isEqualTo(Offset.CONSUME_FROM_FIRST_OFFSET);
    Reading archive = (Reading) flows.get(4).source().configuration();
    assertThat(archive.offset()).isEqualTo(Offset.CONSUME_FROM_TIMESTAMP);
    assertThat(archive.timestamp()).contains("2026-11-01T00:00:00Z");
  }

  @Test
  void aRuleThatIsDisabledMatchesNothing() {
    EventFlow archive = load(Loading.resource("good/bus.yaml")).model().flows().get(4);

    DetachedRecord any = DetachedRecord.builder("eventbus-shop", new Position(0)).build();
    assertThat(archive.filter().orElseThrow().test(any)).isFalse();
  }

  @Test
  void aTopicIsANameOrMadeOfEachRecord() {
    LoadedFlows loaded = load(Loading.resource("good/topics.yaml"));

    assertThat(loaded.model().flows())
        .extracting(flow -> flow.sink().describe().topic())
        .containsExactly("paid", SinkDescription.EACH_ITS_OWN);
    assertThat(loaded.model().flows().get(0).transform()).isEmpty();
    DetachedRecord record = DetachedRecord.builder("others", new Position(0)).build();
    DetachedRecord made = loaded.model().flows().get(1).transform().orElseThrow().apply(record);
    assertThat(loaded.logic().get(0).targetTopic(record)).isEqualTo("paid");
    assertThat(loaded.logic().get(1).targetTopic(made)).isEqualTo("others-CONSTANT");
  }

  @Test
  void bindsRunOptionsWithEventBridgesDefaults() {
    List<EventFlow> flows = load(Loading.resource("good/run-options.yaml")).model().flows();

    RunOptions all = flows.get(0).runOptions().orElseThrow();
    assertThat(all.errorsTolerance()).isEqualTo(ErrorsTolerance.ALL);
    assertThat(all.retryStrategy())
        .contains(
            new RetryStrategy(
                Push.EXPONENTIAL_DECAY_RETRY, 2, Optional.of(Duration.ofSeconds(512))));
    assertThat(all.deadLetterQueue().orElseThrow().describe().topic()).isEqualTo("dead");
    assertThat(all.maximumTasks()).hasValue(4);
    assertThat(all.batchWindow()).contains(new BatchWindow(10_000, Duration.ofSeconds(3)));
    assertThat(all.throttling())
        .contains(new Throttling(OptionalLong.of(500), OptionalLong.of(1_000_000)));
    assertThat(flows.get(1).runOptions())
        .contains(
            new RunOptions(
                ErrorsTolerance.NONE,
                Optional.of(new RetryStrategy(Push.BACKOFF_RETRY, 3, Optional.empty())),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.of(new BatchWindow(100, Duration.ZERO)),
                Optional.of(new Throttling(OptionalLong.of(500), OptionalLong.empty())),
                Optional.empty()));
    assertThat(flows.get(2).runOptions()).isEmpty();
    Idempotence keys = all.idempotence().orElseThrow();
    assertThat(keys.window()).isEqualTo(Duration.ofMinutes(5));
    DetachedRecord.Builder order = DetachedRecord.builder("orders", new Position(0));
    assertThat(keys.key().apply(order.build())).isEmpty();
    byte[] body = "{\"customer\": 4711}".getBytes(StandardCharsets.UTF_8);
    assertThat(all.ordering().orElseThrow().key().apply(order.body(body).build())).contains("4711");
    assertThat(keys.key().apply(order.userProperty("orderId", "17").build())).contains("17");
  }
}
