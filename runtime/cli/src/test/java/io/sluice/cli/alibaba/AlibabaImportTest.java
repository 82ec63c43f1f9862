package io.sluice.cli.alibaba;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sluice.cli.Connectors;
import io.sluice.cli.alibaba.AlibabaImport.Imported;
import io.sluice.flows.FlowLoader;
import io.sluice.flows.LoadedFlows;
import io.sluice.sdk.error.SluiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlibabaImportTest {
  private static final String SOURCE =
      "{'SourceRocketMQParameters':{'InstanceId':'in','Topic':'orders','GroupID':'GID'%s}}";
  private static final String SINK =
      "{'SinkRocketMQParameters':{'InstanceId':{'Form':'CONSTANT','Value':'out'},"
          + "'Topic':{'Form':'CONSTANT','Value':'copies'}%s}}";

  @TempDir private Path folder;

  private static Imported imported(String document) {
    return AlibabaImport.of("document.json", document.replace('\'', '"'));
  }

  private static Imported stream(String source, String sink, String more) {
    return imported(
        "{'EventStreamingName':'copy','Source':"
            + SOURCE.formatted(source)
            + ",'Sink':"
            + SINK.formatted(sink)
            + more
            + "}");
  }

  /** Loads what came out, with an address for each variable. */
  private LoadedFlows loaded(Imported imported) throws IOException {
    Path file = Files.writeString(folder.resolve("flows.yaml"), imported.yaml());
    LoadedFlows loaded =
        new FlowLoader(
                Connectors.all(),
                name -> Optional.of(name.endsWith("NAME_SERVER") ? "127.0.0.1:9876" : "value"))
            .load(List.of(file));
    assertThat(loaded.findings()).as(imported.yaml()).isEmpty();
    return loaded;
  }

  @Test
  void everyFieldOfARocketMqSourceFindsItsPlace() throws IOException {
    Imported imported =
        stream(
            ",'RegionId':'cn-hangzhou','InstanceType':'Cloud_5','InstanceNetwork':'PublicNetwork',"
                + "'InstanceEndpoint':'rmq.example.com:8080','InstanceUsername':'ak',"
                + "'InstancePassword':'sk','AuthType':'ACL','InstanceVpcId':'vpc-1',"
                + "'InstanceVSwitchIds':'vsw-1','InstanceSecurityGroupId':'sg-1',"
                + "'FilterType':'SQL','FilterSql':'amount > 10','BodyDataType':'JSON',"
                + "'Offset':'CONSUME_FROM_TIMESTAMP','Timestamp':1762000000000",
            "",
            "");

    assertThat(imported.losses()).isEmpty();
    assertThat(imported.yaml())
        .contains("region: cn-hangzhou\n", "version: 5.x\n".replace("5.x", "\"5.x\""))
        .contains("network: public\n", "public:\n    nameServer: \"rmq.example.com:8080\"\n")
        .contains("accessKey: \"${env:IN_ACCESS_KEY}\"", "secretKey: \"${env:IN_SECRET_KEY}\"")
        .contains("id: vpc-1\n", "vSwitch: vsw-1\n", "securityGroup: sg-1\n")
        .contains("filterType: SQL92\n", "filterSql: \"amount > 10\"\n")
        .contains("offset: CONSUME_FROM_TIMESTAMP\n", "timestamp: 1762000000000\n");
    assertThat(loaded(imported).model().flows()).hasSize(1);
  }

  @Test
  void patternsAreStructuresWithoutWhatFlowsDoNotHave() throws IOException {
    Imported imported =
        stream(
            "",
            "",
            ",'FilterPattern':'{\\'aliyunregionid\\':[\\'cn\\'],\\'source\\':[\\'acs:mq\\'],"
                + "\\'data\\':{\\'body\\':[{\\'prefix\\':\\'a\\'}]}}'");

    assertThat(imported.losses())
        .extracting(Loss::field)
        .containsExactly("FilterPattern.aliyunregionid");
    assertThat(imported.yaml())
        .contains(
            "filterPattern:\n  source: [\"acs:mq\"]\n  data:\n    body: [{\"prefix\":\"a\"}]\n");
    assertThat(loaded(imported).logic().get(0).pattern()).isPresent();
  }

  @Test
  void formsOfTheSinkBecomeItsParts() throws IOException {
    Imported imported =
        stream(
            "",
            ",'Body':{'Form':'TEMPLATE','Value':'{\\'x\\':\\'$.data.body\\'}','Template':'got ${x}'},"
                + "'Keys':{'Form':'JSONPATH','Value':'$.id'},"
                + "'Tags':{'Form':'CONSTANT','Value':'${env:NOT_OURS}'},"
                + "'ShardingKey':{'Form':'CONSTANT','Value':'s'},'DeliveryOrderType':'x'",
            "");

    assertThat(imported.losses())
        .extracting(Loss::field)
        .containsExactly("Sink.SinkRocketMQParameters.DeliveryOrderType");
    assertThat(imported.yaml())
        .contains("template: \"got ${x}\"", "x: \"$.data.body\"", "value: \"$${env:NOT_OURS}\"");
    assertThat(loaded(imported).logic().get(0).transforms()).isPresent();
  }

  @Test
  void theTopicMayDependOnTheEvent() throws IOException {
    Imported imported =
        imported(
            "{'EventStreamingName':'copy','Source':"
                + SOURCE.formatted("")
                + ",'Sink':{'SinkRocketMQParameters':{'InstanceId':'out',"
                + "'Topic':{'Form':'JSONPATH','Value':'$.data.userProperties.shop'}}}}");

    assertThat(imported.losses()).isEmpty();
    assertThat(loaded(imported).logic().get(0).sink().topic()).isEqualTo("*");
  }

  @Test
  void whatDependsOnTheEventAndCannotBecomesAVariable() throws IOException {
    Imported imported =
        imported(
            "{'EventStreamingName':'copy','Source':"
                + SOURCE.formatted("")
                + ",'Sink':{'SinkRocketMQParameters':"
                + "{'Topic':{'Form':'ORIGINAL'},"
                + "'Keys':{'Form':'ORIGINAL'}}}}");

    assertThat(imported.losses())
        .extracting(Loss::field)
        .containsExactly(
            "Sink.SinkRocketMQParameters.Topic.Form", "Sink.SinkRocketMQParameters.Keys.Form");
    assertThat(imported.yaml()).contains("topic: \"${env:TARGET_TOPIC}\"");
    assertThat(loaded(imported).model().instances()).hasSize(2);
  }

  @Test
  void aRuleBecomesAFlowForEachTargetFedByTheSourceOfItsBus() throws IOException {
    Imported imported =
        imported(
            """
            [{'EventBusName':'shop','EventSourceName':'orders','SourceRocketMQParameters':
               {'InstanceId':'in','Topic':'orders','GroupID':'GID_bus'}},
             {'EventBusName':'shop','RuleName':'big','Status':'DISABLE','FilterPattern':'{}',
              'EventTargets':[
                {'Id':'crm','Type':'acs.rocketmq','ParamList':[
                  {'ResourceKey':'InstanceId','Form':'CONSTANT','Value':'out'},
                  {'ResourceKey':'Topic','Form':'CONSTANT','Value':'crm'},
                  {'ResourceKey':'Body','Form':'JSONPATH','Value':'$.data.body'}]},
                {'Id':'mail','Type':'acs.mail','ParamList':[]},
                {'Id':'log','Type':'acs.rocketmq','ParamList':[
                  {'ResourceKey':'InstanceId','Form':'CONSTANT','Value':'out'},
                  {'ResourceKey':'Topic','Form':'CONSTANT','Value':'log'}]}]}]
            """);

    assertThat(imported.losses()).extracting(Loss::field).containsExactly("EventTargets[1].Type");
    LoadedFlows loaded = loaded(imported);
    assertThat(loaded.logic())
        .extracting(flow -> flow.flow())
        .containsExactly("big-crm", "big-log");
    assertThat(loaded.logic())
        .extracting(flow -> flow.source().topic() + " " + flow.source().group().orElseThrow())
        .containsExactly("orders GID_big-crm", "orders GID_big-log");
    assertThat(imported.yaml()).contains("status: PAUSED");
  }

  @Test
  void aRuleWhoseBusIsUnknownReadsWhatVariablesName() throws IOException {
    Imported imported =
        imported(
            "{'EventBusName':'shop','RuleName':'all','Targets':[{'Id':'1','Type':'acs.rocketmq',"
                + "'ParamList':[{'ResourceKey':'Topic','Form':'CONSTANT','Value':'log'}]}]}");

    assertThat(imported.losses()).extracting(Loss::field).containsExactly("EventBusName");
    assertThat(imported.yaml())
        .contains("nameServer: \"${env:SHOP_NAME_SERVER}\"", "topic: \"${env:SHOP_TOPIC}\"");
    assertThat(loaded(imported).model().flows()).hasSize(1);
  }

  @Test
  void whatCannotBeAFlowAtAllIsAnError() {
    assertRefused("{'Name':'x'}", "neither an EventStreamingName nor a RuleName");
    assertRefused(
        "{'EventStreamingName':'x','Source':{'SourceKafkaParameters':{'Topic':'t'}}}",
        "Its Source is SourceKafkaParameters; only SourceRocketMQParameters");
    assertRefused("{'EventStreamingName':'x'}", "There is no 'Source'");
    assertRefused(
        "{'RuleName':'x','EventTargets':[{'Id':'1','Type':'https'}]}", "target 1 of https");
  }

  private static void assertRefused(String document, String problem) {
    assertThatExceptionOfType(SluiceException.class)
        .isThrownBy(() -> imported(document))
        .withMessageContaining(problem);
  }

  @Test
  void fieldsThatNobodyKnowsAreNotPassedOverInSilence() {
    assertThat(stream(",'Brand':'new'", "", ",'Novelty':{'a':1},'Description':''").losses())
        .extracting(Loss::field)
        .containsExactly("Source.SourceRocketMQParameters.Brand", "Novelty");
  }
}
