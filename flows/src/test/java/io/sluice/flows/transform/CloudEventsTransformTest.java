package io.sluice.flows.transform;

import static io.sluice.flows.transform.Transforms.body;
import static io.sluice.flows.transform.Transforms.compile;
import static io.sluice.flows.transform.Transforms.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.flows.FlowError;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.record.Record;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudEventsTransformTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static DetachedRecord to(String mode, Record record) {
    return compile("{'transforms':[{'cloudEvents':{'mode':'" + mode + "'}}]}").apply(record);
  }

  private static DetachedRecord with(String mode, String attributes, Record record) {
    return compile(
            "{'transforms':[{'cloudEvents':{'mode':'"
                + mode
                + "','attributes':"
                + attributes
                + "}}]}")
        .apply(record);
  }

  private static DetachedRecord message(String body, String... properties) {
    DetachedRecord.Builder message =
        DetachedRecord.builder("orders", new Position(1))
            .tag("paid")
            .body(body.getBytes(StandardCharsets.UTF_8));
    for (int index = 0; index < properties.length; index += 2) {
      message.userProperty(properties[index], properties[index + 1]);
    }
    return message.build();
  }

  private static DetachedRecord binary(String... more) {
    String[] properties = {
      "CE_specversion", "1.0", "CE_id", "1", "CE_source", "/shop", "CE_type", "order.paid"
    };
    String[] all = Arrays.copyOf(properties, properties.length + more.length);
    System.arraycopy(more, 0, all, properties.length, more.length);
    return message("{\"amount\":1.10}", all);
  }

  private static Map<String, String> properties(Record record) {
    Map<String, String> properties = new LinkedHashMap<>();
    record.forEachUserProperty(properties::put);
    return properties;
  }

  private static JsonNode json(Record record) throws Exception {
    return JSON.readTree(body(record));
  }

  @Test
  void aPlainMessageBecomesTheDataOfANewEvent() throws Exception {
    DetachedRecord made = to("STRUCTURED", order("{\"amount\":300.0}"));

    assertThat(body(made))
        .isEqualTo(
            "{\"id\":\"AC14\",\"source\":\"acs:mq\",\"specversion\":\"1.0\","
                + "\"type\":\"mq:Topic:SendMessage\",\"subject\":\"acs:mq:qingdao%orders\","
                + "\"time\":\"2021-04-08T06:01:20.766Z\",\"datacontenttype\":\"application/json\","
                + "\"data\":{\"amount\":300.0}}");
    assertThat(properties(made))
        .containsEntry("CE_contenttype", "application/cloudevents+json")
        .containsEntry("region", "hz");
    assertThat(made.tag()).contains("paid");
    assertThat(made.keys()).contains("k1 k2");
  }

  @Test
  void binaryModePutsAttributesIntoPropertiesAndKeepsTheBody() {
    DetachedRecord made = to("BINARY", order("{\"amount\": 300.0}"));

    assertThat(body(made)).isEqualTo("{\"amount\": 300.0}");
    assertThat(properties(made))
        .containsEntry("CE_id", "AC14")
        .containsEntry("CE_specversion", "1.0")
        .containsEntry("CE_type", "mq:Topic:SendMessage")
        .containsEntry("CE_contenttype", "application/json")
        .containsEntry("region", "hz");
  }

  @Test
  void textAndBytesStandInTheEnvelopeToo() throws Exception {
    assertThat(json(to("STRUCTURED", order("hello"))).path("data").textValue()).isEqualTo("hello");
    assertThat(json(to("STRUCTURED", order("hello"))).path("datacontenttype").textValue())
        .startsWith("text/plain");

    JsonNode bytes = json(to("STRUCTURED", order(new byte[] {-1, 0, 1})));
    assertThat(bytes.path("data_base64").textValue()).isEqualTo("/wAB");
    assertThat(bytes.path("datacontenttype").textValue()).isEqualTo("application/octet-stream");
  }

  @Test
  void bothModesTurnIntoEachOtherWithoutLoss() {
    DetachedRecord message =
        binary("CE_contenttype", "application/json", "CE_traceid", "t-1", "x", "y");

    DetachedRecord structured = to("STRUCTURED", message);
    DetachedRecord back = to("BINARY", structured);

    assertThat(properties(structured)).containsOnlyKeys("x", "CE_contenttype");
    assertThat(properties(back)).isEqualTo(properties(message));
    assertThat(body(back)).isEqualTo(body(message));
  }

  @ParameterizedTest
  @ValueSource(strings = {"CE_", "ce_", "ce-", "cloudEvents:", "cloudEvents_"})
  void everySpellingOfBinaryAttributesIsRead(String prefix) throws Exception {
    DetachedRecord message =
        message(
            "1",
            prefix + "specversion",
            "1.0",
            prefix + "ID",
            "1",
            prefix + "source",
            "/shop",
            prefix + "type",
            "order.paid");

    assertThat(json(to("STRUCTURED", message)).path("id").asText()).isEqualTo("1");
    assertThat(properties(to("DATA", message))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "CE_contenttype, application/cloudevents+json",
    "CE_contentType, application/cloudevents+json; charset=UTF-8",
    "content-type, Application/CloudEvents+JSON",
    "x, y"
  })
  void structuredEventsAreReadByContentTypeAndWithoutOne(String property, String value) {
    DetachedRecord message =
        message(
            "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\",\"n\":5,"
                + "\"datacontenttype\":\"text/plain\",\"data\":\"hi\"}",
            property,
            value);

    DetachedRecord made = to("BINARY", message);

    assertThat(body(made)).isEqualTo("hi");
    assertThat(properties(made)).containsEntry("CE_n", "5").containsEntry("CE_type", "t");
    assertThat(body(to("BINARY", made))).isEqualTo("hi");
  }

  @Test
  void attributesAreSetAndTakenAway() throws Exception {
    DetachedRecord made =
        with(
            "STRUCTURED",
            "{'form':'TEMPLATE','value':{'id':'$.data.userProperties.CE_id'},"
                + "'template':'{\\'id\\':\\'order-${id}\\',\\'type\\':\\'order.big\\',"
                + "\\'subject\\':null,\\'traceid\\':\\'t\\'}'}",
            binary("CE_subject", "gone"));

    assertThat(body(made))
        .isEqualTo(
            "{\"specversion\":\"1.0\",\"id\":\"order-1\",\"source\":\"/shop\","
                + "\"type\":\"order.big\",\"traceid\":\"t\",\"data\":{\"amount\":1.10}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'type':''} | has no 'type'",
        "{'source':':/no uri'} | 'source' is not of the right form",
        "{'time':'yesterday'} | 'time' is not of the right form",
        "{'dataschema':'relative'} | 'dataschema' is not of the right form",
        "{'trace_id':'x'} | is no name of an attribute",
        "{'data':'x'} | is no name of an attribute",
        "{'more':[1]} | 'more' is not of the right form",
        "{'specversion':'0.3'} | specversion is not 1.0"
      })
  void invalidEventsAreErrorsOfTheRecord(String attributes, String problem) {
    assertThatExceptionOfType(SluiceException.class)
        .isThrownBy(
            () -> with("BINARY", "{'form':'CONSTANT','value':" + attributes + "}", binary()))
        .matches(refused -> refused.code() == FlowError.BAD_OUTPUT)
        .withMessageContaining(problem);
  }

  @Test
  void messagesThatOnlyClaimToBeEventsAreErrors() {
    assertRefused(
        message("no json", "CE_contenttype", "application/cloudevents+json"),
        "its body is not a JSON object");
    assertRefused(
        message("[]", "CE_contenttype", "application/cloudevents-batch+json"),
        "its format is application/cloudevents-batch+json");
    assertRefused(message("{}", "CE_specversion", "1.0"), "has no 'id'");
    assertRefused(
        message(
            "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\","
                + "\"data_base64\":\"?\"}"),
        "cannot be read");
  }

  @Test
  void dataThatIsNotWhatItsContentTypeSaysIsAnError() {
    assertRefused(
        message(
            "no json",
            "CE_specversion",
            "1.0",
            "CE_id",
            "1",
            "CE_source",
            "/s",
            "CE_type",
            "t",
            "CE_contenttype",
            "application/json"),
        "not JSON");
  }

  private static void assertRefused(Record message, String problem) {
    assertThatExceptionOfType(SluiceException.class)
        .isThrownBy(() -> to("STRUCTURED", message))
        .matches(refused -> refused.code() == FlowError.BAD_OUTPUT)
        .withMessageContaining(problem);
  }
}
