package io.sluice.flows.transform;

import static io.sluice.flows.transform.Transforms.problems;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransformReaderTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'tags':{'form':'ORIGINAL'}} | ORIGINAL is the whole event as JSON",
        "{'body':{'form':'ORIGINAL','value':'x'}} | ORIGINAL takes no 'value'",
        "{'body':{'form':'CONSTANT'}} | CONSTANT takes a value",
        "{'body':{'form':'CONSTANT','value':'x','template':'y'}} | CONSTANT takes no 'template'",
        "{'body':{'form':'CONSTANT','value':'x','strict':true}} | CONSTANT takes no 'strict'",
        "{'body':{'form':'JSONPATH'}} | JSONPATH takes a path",
        "{'body':{'form':'JSONPATH','value':{'x':'$.id'}}} | JSONPATH takes a path",
        "{'body':{'form':'JSONPATH','value':'data.body'}} | a JSONPath begins with '$.'",
        "{'body':{'form':'JSONPATH','value':'$.data.body['}} | not closed",
        "{'body':{'form':'JSONPATH','value':'$.data.body.'}} | not closed, or its end is missing",
        "{'body':{'form':'JSONPATH','value':'$.data.body[x]'}} | the library says",
        "{'body':{'form':'JSONPATH','value':'$.data.body[?(@.x = 1)]'}} | the library says",
        "{'body':{'form':'JSONPATH','value':'$.body'}} | events have no 'body'",
        "{'body':{'form':'JSONPATH','value':'$.data.properties.x'}} | events have no 'data.properties'",
        "{'body':{'form':'JSONPATH','value':'$.data.body.x.length()'}} | functions of JSONPath are not supported",
        "{'body':{'form':'TEMPLATE','value':{'x':'$.id'}}} | TEMPLATE takes a template",
        "{'body':{'form':'TEMPLATE','template':'${x}'}} | defines no variable 'x'",
        "{'body':{'form':'TEMPLATE','value':{'name':'$.id'},'template':'${nme}'}} | Did you mean 'name'?",
        "{'body':{'form':'TEMPLATE','value':{'x':'$.id'},'template':'${x'}} | never closed",
        "{'body':{'form':'TEMPLATE','value':{'x':'$.id'},'template':'${upper(x)}'}} | unknown function 'upper'",
        "{'body':{'form':'TEMPLATE','value':{'x':'$.id'},'template':'${${x}}'}} | do not nest",
        "{'body':{'form':'TEMPLATE','value':{'x':'$.id'},'template':'{\\'a\\':\\'${x}\\''}} | is not JSON",
        "{'body':{'form':'TEMPLATE','value':{'x':'$.id'},'template':'{\\'a\\':1,\\'a\\':2}'}} | is not JSON",
        "{'body':{'form':'TEMPLATE','value':{'x':'$.id'},'template':'{\\'a\\':${jsonEscape(x)}}'}} | stands between quotes",
        "{'body':{'form':'TEMPLATE','value':{'x':'$.id'},'template':'{\\'EB_SYS_EMBED_OBJECT\\':1}'}} | takes one variable",
        "{'body':{'form':'TEMPLATE','value':{'x':'$.body'},'template':'${x}'}} | events have no 'body'",
        "{'body':{'form':'TEMPLATE','value':{'x':['$.id']},'template':'${x}'}} | variable 'x' is a list",
        "{'body':{'form':'TEMPLATE','value':'x','template':'${x}'}} | neither a block of keys nor a JSON object",
        "{'properties':{'form':'TEMPLATE','value':{'x':'$.id'},'template':'${x}'}} | the template of properties is a JSON object",
        "{'properties':{'form':'CONSTANT','value':'x'}} | neither a block of keys nor a JSON object"
      })
  void saysWhatIsWrong(String block, String problem) {
    assertThat(problems(block)).singleElement().asString().contains(problem);
  }

  @Test
  void valueAndTemplateAreAsLongAsEventBridgeAllows() {
    String longest = "x".repeat(10_240);

    assertThat(Transforms.compile("{'body':{'form':'CONSTANT','value':'" + longest + "'}}"))
        .isNotNull();
    assertThat(problems("{'body':{'form':'CONSTANT','value':'" + longest + "x'}}"))
        .singleElement()
        .asString()
        .contains("longer than 10240");
  }

  @Test
  void emptyTextsOfPastedDocumentsCountAsNotGiven() {
    assertThat(Transforms.compile("{'body':{'form':'ORIGINAL','value':'','template':''}}"))
        .isNotNull();
  }
}
