package io.sluice.flows.transform;

import static io.sluice.flows.transform.Transforms.body;
import static io.sluice.flows.transform.Transforms.compile;
import static io.sluice.flows.transform.Transforms.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.flows.FlowError;
import io.sluice.flows.event.EventShape;
import io.sluice.sdk.error.RefusedRecordException;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.record.Record;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordTransformTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BODY =
      """
      {"name":"Ann \\"A\\"","amount":300.0,"id":12345678901234567890,"paid":true,"none":null,\
      "lines":[{"sku":"a"},{"sku":"b"}],"text":"{\\"x\\":1}","empty":""}""";

  private static String made(String body) {
    return body(compile("{'body':" + body + "}").apply(order(BODY)));
  }

  private static String template(String value, String template) throws Exception {
    return made(
        "{'form':'TEMPLATE','value':"
            + value
            + ",'template':"
            + JSON.writeValueAsString(template)
            + "}");
  }

  private static Map<String, String> userProperties(Record record) {
    Map<String, String> properties = new LinkedHashMap<>();
    record.forEachUserProperty(properties::put);
    return properties;
  }

  @Test
  void originalIsTheWholeEvent() throws Exception {
    JsonNode event = JSON.readTree(made("{'form':'ORIGINAL'}"));

    assertThat(event.path("id").asText()).isEqualTo("AC14");
    assertThat(event.path("source").asText()).isEqualTo("acs:mq");
    assertThat(event.path("specversion").asText()).isEqualTo("1.0");
    assertThat(event.path("type").asText()).isEqualTo("mq:Topic:SendMessage");
    assertThat(event.path("subject").asText()).isEqualTo("acs:mq:qingdao%orders");
    assertThat(event.path("time").asText()).isEqualTo("2021-04-08T06:01:20.766Z");
    assertThat(event.at("/data/topic").asText()).isEqualTo("orders");
    assertThat(event.at("/data/systemProperties/TAGS").asText()).isEqualTo("paid");
    assertThat(event.at("/data/userProperties/region").asText()).isEqualTo("hz");
    assertThat(event.at("/data/body").toString()).startsWith("{\"name\":").contains("300.0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "$.data.body.name              | Ann \"A\"",
        "$.data.body.amount            | 300.0",
        "$.data.body.id                | 12345678901234567890",
        "$.data.body.paid              | true",
        "$.data.body.lines             | [{\"sku\":\"a\"},{\"sku\":\"b\"}]",
        "$.data.body.lines[1]          | {\"sku\":\"b\"}",
        "$.data.body.lines[*].sku      | [\"a\",\"b\"]",
        "$.data.body.lines[?(@.sku == 'b')] | [{\"sku\":\"b\"}]",
        "$.data['userProperties']['region'] | hz",
        "$.data.systemProperties.KEYS  | k1 k2",
        "$.source                      | acs:mq",
        "$..region                     | [\"hz\"]",
        "$.data.body.none              | ``",
        "$.data.body.absent            | ``"
      })
  void jsonPathIsAPartOfTheEvent(String path, String expected) throws Exception {
    String block =
        "{\"body\":{\"form\":\"JSONPATH\",\"value\":" + JSON.writeValueAsString(path) + "}}";
    // Apostrophes belong to the path here.
    String escaped = block.replace("'", "\\u0027");

    assertThat(body(compile(escaped).apply(order(BODY)))).isEqualTo(expected);
  }

  @Test
  void aJsonBodyStaysTheSameJson() {
    assertThat(made("{'form':'JSONPATH','value':'$.data.body'}")).isEqualTo(BODY);
  }

  @Test
  void constantIsAlwaysTheSame() {
    assertThat(made("{'form':'CONSTANT','value':'$.data.body'}")).isEqualTo("$.data.body");
    assertThat(made("{'form':'CONSTANT','value':{'a':[1]}}")).isEqualTo("{\"a\":[1]}");
    assertThat(made("{'form':'CONSTANT','value':''}")).isEmpty();
  }

  @Test
  void aTemplateTakesVariablesAsTextAndAsABlock() throws Exception {
    String template = "The instance ${name}, ${constant}";

    assertThat(template("{'name':'$.data.userProperties.region','constant':'text'}", template))
        .isEqualTo("The instance hz, text");
    assertThat(
            template(
                "'{\\'name\\':\\'$.data.userProperties.region\\',\\'constant\\':5}'", template))
        .isEqualTo("The instance hz, 5");
  }

  @Test
  void aTextTemplateHasTheFunctions() throws Exception {
    String value = "{'note':'$.data.userProperties.note','none':'$.data.body.absent'}";

    assertThat(template(value, "${note}|${ jsonEscape( note ) }|${htmlEscape(note)}|${none}|$"))
        .isEqualTo(
            "say \"hi\" & <go>|say \\\"hi\\\" & <go>|say &quot;hi&quot; &amp; &lt;go&gt;||$");
  }

  @ParameterizedTest
  @ValueSource(strings = {"${note}", "${jsonEscape(note)}"})
  void whatStandsInAJsonTextIsEscapedOnce(String variable) throws Exception {
    String value = "{'note':'$.data.userProperties.note'}";
    String made = template(value, "{ \"a\": \"<" + variable + ">\", \"b\": [1.0, null] }");

    assertThat(made).isEqualTo("{\"a\":\"<say \\\"hi\\\" & <go>>\",\"b\":[1.0,null]}");
  }

  @Test
  void whatStandsWithoutQuotesInJsonIsAValue() throws Exception {
    String value =
        "{'lines':'$.data.body.lines','amount':'$.data.body.amount','id':'$.data.body.id',"
            + "'absent':'$.data.body.absent','text':'$.data.body.text','five':5}";
    String template =
        "{\"l\":${lines},\"a\":${ amount },\"i\":${id},\"n\":${absent},\"t\":${text},\"f\":${five}}";

    assertThat(template(value, template))
        .isEqualTo(
            "{\"l\":[{\"sku\":\"a\"},{\"sku\":\"b\"}],\"a\":300.0,\"i\":12345678901234567890,"
                + "\"n\":null,\"t\":{\"x\":1},\"f\":5}");
  }

  @Test
  void anObjectInQuotesIsItsText() throws Exception {
    assertThat(template("{'l':'$.data.body.lines[0]'}", "[\"${l}\"]"))
        .isEqualTo("[\"{\\\"sku\\\":\\\"a\\\"}\"]");
  }

  @Test
  void jsonWithinAJsonTextHoldsToo() throws Exception {
    String made =
        template("{'name':'$.data.body.name'}", "{\"inner\":\"{\\\"name\\\":\\\"${name}\\\"}\"}");

    String inner = JSON.readTree(made).path("inner").asText();
    assertThat(JSON.readTree(inner).path("name").asText()).isEqualTo("Ann \"A\"");
  }

  @Test
  void anEmbeddedObjectGivesItsMembers() {
    String block =
        "{'properties':{'form':'TEMPLATE','value':{'user':'$.data.userProperties',"
            + "'id':'$.data.systemProperties.UNIQ_KEY'},'template':"
            + "'{\\'EB_SYS_EMBED_OBJECT\\':\\'${user}\\',\\'origin\\':\\'${id}\\',"
            + "\\'region\\':\\'all\\'}'}}";

    assertThat(userProperties(compile(block).apply(order(BODY))))
        .containsOnly(
            Map.entry("region", "all"),
            Map.entry("note", "say \"hi\" & <go>"),
            Map.entry("origin", "AC14"));
  }

  @Test
  void embeddingWorksAtAnyDepthAndMayFindNothing() throws Exception {
    String value = "{'line':'$.data.body.lines[0]','absent':'$.data.body.absent'}";

    assertThat(
            template(
                value,
                "{\"in\":{\"EB_SYS_EMBED_OBJECT\":${line}},"
                    + "\"none\":{\"EB_SYS_EMBED_OBJECT\":\"${absent}\",\"x\":1}}"))
        .isEqualTo("{\"in\":{\"sku\":\"a\"},\"none\":{\"x\":1}}");
  }

  @Test
  void whatIsNotMadeStaysAsItIs() {
    DetachedRecord before = order(new byte[] {0, (byte) 0xff, 1});
    DetachedRecord after = compile("{'tags':{'form':'CONSTANT','value':'big'}}").apply(before);

    assertThat(after.body()).isEqualTo(before.body());
    assertThat(after.tag()).contains("big");
    assertThat(after.keys()).isEqualTo(before.keys());
    assertThat(after.systemProperty("UNIQ_KEY")).contains("AC14");
    assertThat(userProperties(after)).isEqualTo(userProperties(before));
    assertThat(after.flag()).isEqualTo(7);
    assertThat(after.position()).isEqualTo(before.position());
    assertThat(after.bornAt()).isEqualTo(before.bornAt());
    assertThat(after.storedAt()).isEqualTo(before.storedAt());
  }

  @Test
  void keysTagsAndShardingKeyAreMade() {
    DetachedRecord made =
        compile(
                "{'keys':{'form':'JSONPATH','value':'$.data.body.id'},"
                    + "'tags':{'form':'JSONPATH','value':'$.data.body.absent'},"
                    + "'shardingKey':{'form':'TEMPLATE','value':{'r':'$.data.userProperties.region'},"
                    + "'template':'g-${r}'}}")
            .apply(order(BODY));

    assertThat(made.keys()).contains("12345678901234567890");
    assertThat(made.tag()).as("nothing there").isEmpty();
    assertThat(made.systemProperty("__SHARDINGKEY")).contains("g-hz");
    assertThat(body(made)).isEqualTo(BODY);
  }

  @Test
  void theTopicIsMade() {
    DetachedRecord before = order(BODY);
    DetachedRecord made =
        compile("{'topic':{'form':'JSONPATH','value':'$.data.userProperties.region'}}")
            .apply(before);

    assertThat(made.topic()).isEqualTo("hz");
    assertThat(made.body()).isEqualTo(before.body());
    assertThat(made.keys()).isEqualTo(before.keys());
  }

  @Test
  void aTopicThatIsEmptyIsAnErrorOfTheRecord() {
    TransformChain empty = compile("{'topic':{'form':'JSONPATH','value':'$.data.body.absent'}}");

    assertThatThrownBy(() -> empty.apply(order(BODY)))
        .isInstanceOf(RefusedRecordException.class)
        .hasMessageContaining("the topic is empty");
  }

  @Test
  void propertiesMayNameTheMessageId() {
    DetachedRecord made =
        compile("{'properties':{'form':'CONSTANT','value':{'UNIQ_KEY':'X','n':1,'o':null}}}")
            .apply(order(BODY));

    assertThat(made.systemProperty("UNIQ_KEY")).contains("X");
    assertThat(made.tag()).contains("paid");
    assertThat(userProperties(made)).containsExactly(Map.entry("n", "1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'body':{'form':'JSONPATH','value':'$.data.body.absent','strict':true}} | MISSING_VALUE",
        "{'body':{'form':'TEMPLATE','value':{'x':'$.data.body.absent'},'template':'${x}','strict':true}} | MISSING_VALUE",
        "{'body':{'form':'TEMPLATE','value':{'x':'$.data.body.name'},'template':'{\\'x\\':${x}}'}} | BAD_OUTPUT",
        "{'body':{'form':'TEMPLATE','value':{'x':'$.data.body.paid'},'template':'{\\'EB_SYS_EMBED_OBJECT\\':${x}}'}} | BAD_OUTPUT",
        "{'properties':{'form':'JSONPATH','value':'$.data.body.lines'}} | BAD_OUTPUT"
      })
  void whatCannotBeMadeIsAnErrorOfTheRecord(String block, FlowError code) {
    TransformChain transform = compile(block);

    assertThatExceptionOfType(SluiceException.class)
        .isThrownBy(() -> transform.apply(order(BODY)))
        .satisfies(thrown -> assertThat(thrown.code()).isEqualTo(code))
        .satisfies(thrown -> assertThat(thrown.message()).doesNotContain("Ann"));
  }

  @Test
  void aBinaryBodyHasNoPlaceInTheWholeEvent() {
    TransformChain transform = compile("{'body':{'form':'ORIGINAL'}}");

    assertThatExceptionOfType(SluiceException.class)
        .isThrownBy(() -> transform.apply(order(new byte[] {(byte) 0xff})))
        .withMessageContaining("not UTF-8");
  }

  @Test
  void onlyATransformThatNeedsTheBodyReadsIt() {
    assertThat(reads("$.data.userProperties.region")).isEqualTo(Reads.ALL_BUT_BODY);
    assertThat(reads("$.id")).isEqualTo(Reads.ALL_BUT_BODY);
    assertThat(reads("$.data.body.x")).isEqualTo(Reads.EVERYTHING);
    assertThat(reads("$.data")).isEqualTo(Reads.EVERYTHING);
    assertThat(reads("$..x")).isEqualTo(Reads.EVERYTHING);
    assertThat(reads("$.data.userProperties[?(@ == $.data.body.x)]")).isEqualTo(Reads.EVERYTHING);
  }

  private static Reads reads(String path) {
    return EventPath.compile(path, EventShape.MESSAGE).reads();
  }

  @Test
  void noValueBreaksOutOfItsPlace() throws Exception {
    TransformChain transform =
        compile(
            "{'body':{'form':'TEMPLATE','value':{'x':'$.data.body.x','y':'$.data.body.y'},"
                + "'template':'{\\'a\\':\\'<${x}>\\',\\'b\\':${y},\\'${x}\\':1}'}}");
    long seed = Long.getLong("sluice.seed", System.nanoTime());
    System.out.println("seed of values: -Dsluice.seed=" + seed);
    Random random = new Random(seed);
    String alphabet = "\"\\{}[]:,$a\n\u0001\u2028中\ud83d\ude00'/u0022";

    for (int round = 0; round < 5_000; round++) {
      String x = text(random, alphabet);
      String y = text(random, alphabet);
      String body = JSON.writeValueAsString(Map.of("x", x, "y", new String[] {y}));
      JsonNode made = JSON.readTree(body(transform.apply(order(body))));

      assertThat(made.path("a").asText())
          .as("seed %d, round %d", seed, round)
          .isEqualTo(x.equals("a") ? made.path("a").asText() : "<" + x + ">");
      assertThat(made.path("b").toString())
          .isEqualTo(JSON.valueToTree(new String[] {y}).toString());
      assertThat(made.size()).isLessThanOrEqualTo(3);
    }
  }

  private static String text(Random random, String alphabet) {
    int[] letters = alphabet.codePoints().toArray();
    int[] chosen = random.ints(random.nextInt(8), 0, letters.length).map(i -> letters[i]).toArray();
    return new String(chosen, 0, chosen.length);
  }

  @Test
  void isUsedByManyThreadsAtOnce() {
    TransformChain transform =
        compile(
            "{'body':{'form':'TEMPLATE','value':{'n':'$.data.body.n','l':'$.data.body.l[?(@ > 5)]'},"
                + "'template':'{\\'n\\':${n},\\'l\\':${l}}'}}");

    assertThat(
            IntStream.range(0, 2_000)
                .parallel()
                .filter(
                    n ->
                        body(transform.apply(order("{\"n\":" + n + ",\"l\":[1," + (n + 6) + "]}")))
                            .equals("{\"n\":" + n + ",\"l\":[" + (n + 6) + "]}"))
                .count())
        .isEqualTo(2_000);
  }
}
