package io.sluice.testkit.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteAnswersTest {
  private final RouteAnswers answers =
      new RouteAnswers(address -> address.replace("10.0.0.", "127.0.0.1:2000"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // A standard TopicRouteData, fastjson's own, two brokers, a ClusterInfo, none.
        "{'brokerAddrs':{'0':'10.0.0.7:1'}} | {'brokerAddrs':{'0':'127.0.0.1:20007:1'}}",
        "{'brokerAddrs':{0:'10.0.0.7:1',1:'10.0.0.8:1'}}"
            + " | {'brokerAddrs':{0:'127.0.0.1:20007:1',1:'127.0.0.1:20008:1'}}",
        "[{'brokerAddrs':{0:'10.0.0.7:1'},'n':'10.0.0.9:1'},{'brokerAddrs':{0:'10.0.0.8:1'}}]"
            + " | [{'brokerAddrs':{0:'127.0.0.1:20007:1'},'n':'10.0.0.9:1'},"
            + "{'brokerAddrs':{0:'127.0.0.1:20008:1'}}]",
        "{'brokerAddrTable':{'a':{'brokerAddrs':{0:'10.0.0.7:1'}}}}"
            + " | {'brokerAddrTable':{'a':{'brokerAddrs':{0:'127.0.0.1:20007:1'}}}}",
        "{'brokerAddrs':{}} | {'brokerAddrs':{}}",
      })
  void replaceNothingButAddressesOfBrokers(String body, String expected) {
    byte[] rewritten = answers.rewrite(json(body).getBytes(StandardCharsets.UTF_8));

    assertThat(new String(rewritten, StandardCharsets.UTF_8)).isEqualTo(json(expected));
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }
}
