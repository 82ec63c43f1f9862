package io.sluice.cli.alibaba;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.Connectors;
import io.sluice.cli.alibaba.AlibabaImport.Imported;
import io.sluice.flows.FlowLoader;
import io.sluice.flows.LoadedFlows;
import io.sluice.flows.model.EventFlow;
import io.sluice.flows.model.RetryStrategy;
import io.sluice.flows.model.RetryStrategy.Push;
import io.sluice.flows.model.RunOptions;
import io.sluice.flows.model.RunOptions.ErrorsTolerance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunOptionsImportTest {
  private static final String DEAD_LETTERS = "acs:mq:cn-hangzhou:1234:/instances/%s/topic/%s";

  @TempDir private Path folder;

  private static Imported stream(String runOptions) {
    return imported(
        """
        {'EventStreamingName':'copy',
         'Source':{'SourceRocketMQParameters':
           {'InstanceId':'in','Topic':'orders','GroupID':'GID'}},
         'Sink':{'SinkRocketMQParameters':{
           'InstanceId':{'Form':'CONSTANT','Value':'out'},
           'Topic':{'Form':'CONSTANT','Value':'copies'}}},
         'RunOptions':{%s}}
        """
            .formatted(runOptions));
  }

  private static Imported target(String options) {
    return imported(
        """
        [{'EventBusName':'shop','EventSourceName':'orders','SourceRocketMQParameters':
           {'InstanceId':'in','Topic':'orders','GroupID':'GID_bus'}},
         {'EventBusName':'shop','RuleName':'all','FilterPattern':'{}','EventTargets':[
           {'Id':'crm','Type':'acs.rocketmq','ParamList':[
             {'ResourceKey':'InstanceId','Form':'CONSTANT','Value':'out'},
             {'ResourceKey':'Topic','Form':'CONSTANT','Value':'crm'}],%s}]}]
        """
            .formatted(options));
  }

  private static Imported imported(String document) {
    return AlibabaImport.of("document.json", document.replace('\'', '"'));
  }

  /** The run options of the one flow, whose file has not even a warning. */
  private Optional<RunOptions> options(Imported imported) throws IOException {
    Path file = Files.writeString(folder.resolve("flows.yaml"), imported.yaml());
    LoadedFlows loaded =
        new FlowLoader(Connectors.all(), name -> Optional.of("127.0.0.1:9876")).load(List.of(file));
    assertThat(loaded.findings()).as(imported.yaml()).isEmpty();
    assertThat(loaded.model().flows()).hasSize(1);
    EventFlow flow = loaded.model().flows().get(0);
    return flow.runOptions();
  }

  private static List<String> losses(Imported imported) {
    return imported.losses().stream().map(Loss::toString).toList();
  }

  @Test
  void everyRunOptionOfAStreamFindsItsPlace() throws IOException {
    Imported imported =
        stream(
            "'MaximumTasks':4,'ErrorsTolerance':'ALL','RetryStrategy':{"
                + "'PushRetryStrategy':'EXPONENTIAL_DECAY_RETRY','MaximumEventAgeInSeconds':512,"
                + "'MaximumRetryAttempts':2},'DeadLetterQueue':{'Arn':'"
                + DEAD_LETTERS.formatted("dead", "orders-dlq")
                + "'},'BatchWindow':{'CountBasedWindow':100,'TimeBasedWindow':'3'},"
                + "'Throttling':500");

    assertThat(imported.losses()).isEmpty();
    RunOptions options = options(imported).orElseThrow();
    assertThat(options.errorsTolerance()).isEqualTo(ErrorsTolerance.ALL);
    assertThat(options.retryStrategy())
        .contains(
            new RetryStrategy(
                Push.EXPONENTIAL_DECAY_RETRY, 2, Optional.of(Duration.ofSeconds(512))));
    assertThat(options.deadLetterQueue().orElseThrow().describe().instance()).contains("dead");
    assertThat(options.deadLetterQueue().orElseThrow().describe().topic()).isEqualTo("orders-dlq");
    assertThat(options.maximumTasks()).hasValue(4);
    assertThat(options.batchWindow().orElseThrow().count()).isEqualTo(100);
    assertThat(options.batchWindow().orElseThrow().time()).isEqualTo(Duration.ofSeconds(3));
    assertThat(options.throttling().orElseThrow().recordsPerSecond()).hasValue(500);
    assertThat(imported.yaml())
        .contains(
            "kind: Instance\nname: dead\nregion: cn-hangzhou\nnetwork: private\n",
            "nameServer: \"${env:DEAD_NAME_SERVER}\"");
  }

  @Test
  void theOptionsOfATargetFindTheirPlace() throws IOException {
    Imported imported =
        target(
            "'ErrorsTolerance':'ALL','PushRetryStrategy':'EXPONENTIAL_DECAY_RETRY',"
                + "'DeadLetterQueue':{'Arn':'"
                + DEAD_LETTERS.formatted("out", "crm-dlq")
                + "'},'ConcurrentConfig':{'Concurrency':8}");

    assertThat(imported.losses()).isEmpty();
    RunOptions options = options(imported).orElseThrow();
    assertThat(options.errorsTolerance()).isEqualTo(ErrorsTolerance.ALL);
    assertThat(options.retryStrategy().orElseThrow().push())
        .isEqualTo(Push.EXPONENTIAL_DECAY_RETRY);
    assertThat(options.deadLetterQueue().orElseThrow().describe().topic()).isEqualTo("crm-dlq");
    assertThat(options.maximumTasks()).hasValue(8);
  }

  @Test
  void aTargetWithoutOptionsBecomesAFlowWithoutThem() throws IOException {
    assertThat(options(target("'Endpoint':''"))).isEmpty();
  }

  @Test
  void toleranceWithoutAStrategyHasTheStrategyOfEventBridge() throws IOException {
    assertThat(options(stream("'ErrorsTolerance':'ALL'")).orElseThrow().retryStrategy())
        .contains(new RetryStrategy(Push.BACKOFF_RETRY, 3, Optional.empty()));
    assertThat(options(stream("'RetryStrategy':{'MaximumRetryAttempts':0}")).orElseThrow())
        .extracting(RunOptions::errorsTolerance, options -> options.retryStrategy().orElseThrow())
        .containsExactly(
            ErrorsTolerance.NONE, new RetryStrategy(Push.BACKOFF_RETRY, 0, Optional.empty()));
    assertThat(options(stream("'ErrorsTolerance':'NONE'")).orElseThrow().retryStrategy()).isEmpty();
  }

  @Test
  void numbersOutOfTheLimitsBecomeTheNearestThatIsAllowed() throws IOException {
    assertLimits(
        List.of("20000", "10001", "604801", "10001", "3601", "3000000000"),
        List.of("10000", "10000", "604800", "10000", "3600", "2147483647"));
    assertLimits(List.of("0", "-1", "0", "0", "-1", "0"), List.of("1", "0", "1", "1", "0", "1"));
    assertLimits(
        List.of("1.4", "0.5", "2.5", "99.9", "1.1", "7.2"),
        List.of("1", "1", "3", "100", "1", "7"));
  }

  private void assertLimits(List<String> given, List<String> allowed) throws IOException {
    Imported imported =
        stream(
            ("'MaximumTasks':%s,'RetryStrategy':{'MaximumRetryAttempts':%s,"
                    + "'MaximumEventAgeInSeconds':%s},'BatchWindow':{'CountBasedWindow':%s,"
                    + "'TimeBasedWindow':%s},'Throttling':%s")
                .formatted(given.toArray()));

    assertThat(losses(imported))
        .containsExactlyInAnyOrder(
            out("MaximumTasks", given.get(0), allowed.get(0)),
            out("RetryStrategy.MaximumRetryAttempts", given.get(1), allowed.get(1)),
            out("RetryStrategy.MaximumEventAgeInSeconds", given.get(2), allowed.get(2)),
            out("BatchWindow.CountBasedWindow", given.get(3), allowed.get(3)),
            out("BatchWindow.TimeBasedWindow", given.get(4), allowed.get(4)),
            out("Throttling", given.get(5), allowed.get(5)));
    assertThat(options(imported).orElseThrow().maximumTasks())
        .hasValue(Integer.parseInt(allowed.get(0)));
  }

  private static String out(String field, String given, String allowed) {
    return "RunOptions."
        + field
        + ": "
        + given
        + " is not allowed here; "
        + allowed
        + ", the nearest, is in its place";
  }

  @Test
  void valuesThatNobodyUnderstandsAreLosses() throws IOException {
    Imported imported =
        stream(
            "'MaximumTasks':'many','ErrorsTolerance':'SOME','BatchWindow':{'CountBasedWindow':'x'},"
                + "'RetryStrategy':{'PushRetryStrategy':'NEVER','Pause':1}");

    assertThat(losses(imported))
        .containsExactly(
            "RunOptions.ErrorsTolerance: 'SOME' is unknown; NONE is in its place",
            "RunOptions.RetryStrategy.PushRetryStrategy: 'NEVER' is unknown;"
                + " BACKOFF_RETRY is in its place",
            "RunOptions.RetryStrategy.Pause: has no counterpart and is left out",
            "RunOptions.MaximumTasks: 'many' is no number and is left out",
            "RunOptions.BatchWindow.CountBasedWindow: 'x' is no number and is left out");
    assertThat(options(imported).orElseThrow().batchWindow()).isEmpty();
  }

  @Test
  void aLossThatQuotesLineBreaksStaysWithinItsComment() throws IOException {
    Imported imported = stream("'MaximumTasks':'x\\nkind: Instance\\u2028y'");

    assertThat(imported.yaml())
        .contains("#   RunOptions.MaximumTasks: 'x kind: Instance y' is no number");
    assertThat(options(imported)).isEmpty();
  }

  @Test
  void whatIsTheCloudsOwnIsALoss() throws IOException {
    Imported imported =
        stream(
            "'ErrorsTolerance':'ALL','BusinessOption':{'BusinessMode':'x'},'DeadLetterQueue':{"
                + "'Arn':'"
                + DEAD_LETTERS.formatted("dead", "orders-dlq")
                + "','Network':'PrivateNetwork','VpcId':'vpc-1'}");

    assertThat(imported.losses())
        .extracting(Loss::field)
        .containsExactly(
            "RunOptions.DeadLetterQueue.Network",
            "RunOptions.DeadLetterQueue.VpcId",
            "RunOptions.BusinessOption");
    assertThat(options(imported).orElseThrow().deadLetterQueue()).isPresent();
  }

  @Test
  void aDeadLetterQueueThatNoFlowCouldHaveIsALoss() throws IOException {
    for (String arn :
        List.of(
            "acs:mns:cn-hangzhou:1234:/queues/dead",
            "acs:alikafka:cn-hangzhou:1234:instance/dead/topic/orders",
            "acs:eventbridge:cn-hangzhou:1234:eventbus/dead",
            DEAD_LETTERS.formatted("dead", "no.topic"))) {
      assertNoQueue("ALL", arn, ".Arn: is not a topic of RocketMQ; a record that cannot");
    }
    assertNoQueue(
        "ALL", DEAD_LETTERS.formatted("in", "orders"), ".Arn: is the topic that the flow reads;");
    assertNoQueue("NONE", DEAD_LETTERS.formatted("dead", "x"), ": has no effect");
  }

  private void assertNoQueue(String tolerance, String arn, String why) throws IOException {
    Imported imported =
        stream("'ErrorsTolerance':'" + tolerance + "','DeadLetterQueue':{'Arn':'" + arn + "'}");
    assertThat(losses(imported))
        .singleElement()
        .asString()
        .startsWith("RunOptions.DeadLetterQueue" + why);
    assertThat(options(imported).orElseThrow().deadLetterQueue()).isEmpty();
    assertThat(imported.yaml()).doesNotContain("name: dead");
  }
}
