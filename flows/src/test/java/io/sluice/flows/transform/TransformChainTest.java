package io.sluice.flows.transform;

import static io.sluice.flows.transform.Transforms.body;
import static io.sluice.flows.transform.Transforms.compile;
import static io.sluice.flows.transform.Transforms.order;
import static io.sluice.flows.transform.Transforms.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.flows.transform.TransformChain.Input;
import io.sluice.flows.transform.TransformChain.Step;
import io.sluice.sdk.record.DetachedRecord;
import org.junit.jupiter.api.Test;

class TransformChainTest {
  private static final String ORDER = "{\"id\":7,\"lines\":[{\"sku\":\"a\"},{\"sku\":\"b\"}]}";

  @Test
  void eachTransformSeesWhatTheFormerMade() {
    DetachedRecord made =
        compile(
                """
                {'transforms':[
                   {'body':{'form':'JSONPATH','value':'$.data.body.lines[0]'},
                    'tags':{'form':'CONSTANT','value':'line'}},
                   {'keys':{'form':'JSONPATH','value':'$.data.body.sku'}}],
                 'properties':{'form':'TEMPLATE',
                   'value':{'tag':'$.data.systemProperties.TAGS','key':'$.data.systemProperties.KEYS'},
                   'template':'{\\'tag\\':\\'${tag}\\',\\'key\\':\\'${key}\\'}'}}
                """)
            .apply(order(ORDER));

    assertThat(body(made)).isEqualTo("{\"sku\":\"a\"}");
    assertThat(made.keys()).contains("a");
    assertThat(made.userProperty("tag")).contains("line");
    assertThat(made.userProperty("key")).contains("a");
    assertThat(made.position()).isEqualTo(order(ORDER).position());
  }

  @Test
  void theSinksOwnPartsComeLast() {
    TransformChain chain =
        compile(
            "{'transforms':[{'tags':{'form':'CONSTANT','value':'first'}}],"
                + "'tags':{'form':'CONSTANT','value':'last'}}");

    assertThat(chain.steps()).extracting(Step::name).containsExactly("transforms[0]", "sink");
    assertThat(chain.apply(order(ORDER)).tag()).contains("last");
  }

  @Test
  void tellsWhatATransformReads() {
    TransformChain chain =
        compile(
            "{'keys':{'form':'JSONPATH','value':'$.data.body.id'},"
                + "'body':{'form':'TEMPLATE','value':{'x':'$.data.body.none','y':'z'},"
                + "'template':'${x}${y}'}}");

    assertThat(chain.steps().get(0).inputs(order(ORDER)))
        .extracting(Input::part, input -> input.value().asText(), i -> i.value().isMissingNode())
        .containsExactlyInAnyOrder(
            tuple("keys", "7", false), tuple("body", "", true), tuple("body", "z", false));
  }

  @Test
  void cloudEventsStandAlone() {
    assertThat(
            problems(
                "{'transforms':[{'cloudEvents':{'mode':'BINARY'},"
                    + "'tags':{'form':'CONSTANT','value':'x'}}]}"))
        .singleElement()
        .asString()
        .contains("'cloudEvents' stands beside parts of a record");
  }
}
