package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of sources of events that cannot work, and where. */
class EventSourceFindingsTest {
  private static final String REST =
      """
      sink: { rocketmq: { instance: office, topic: jobs } }
      ---
      kind: Broker
      name: office
      """;

  @TempDir private Path folder;

  private final Call call = new Call();

  /** The block begins in line 4. */
  private int validate(String block) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("flow.yaml"),
            "kind: EventFlow\nname: source\nsource:\n" + block.indent(2) + REST);
    return call.run("validate", file.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "schedule: '0 61 * * * ?'                       | 5:7  | schedule.bad-schedule",
        "schedule: '30 2 * * *'                         | 5:7  | schedule.bad-schedule",
        "schedule: '0 0 0 30 2 ?'                       | 5:7  | schedule.never-due",
        "schedule: '0 0 2 * * ?', timeZone: Asia/Pekng  | 5:32 | schedule.unknown-time-zone",
        "schedule: rate(5 minutes), misfires: all       | 5:34 | flow.unknown-key",
      })
  void ofASchedule(String keys, String place, String code) throws IOException {
    assertThat(validate("schedule:\n  { " + keys + " }\n")).isEqualTo(2);
    assertThat(call.err()).contains("[" + code + "]").contains("flow.yaml:" + place);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "port: 8088, securityConfig: ip, ip: [localhost]         | http.bad-address",
        "port: 8088, securityConfig: referer, referer: ['a:80']  | http.bad-domain",
        "port: 8088, securityConfig: ip                          | http.without-effect",
        "port: 8088, ip: [10.0.0.1]                              | http.without-effect",
        "port: 8088, type: https                                 | http.tls-missing",
        "port: 8088, type: HTTPS, tls: { certificate: a, privateKey: s3cret } | http.bad-certificate",
        "port: 8088, method: [POSTT]                             | flow.unknown-value",
        "path: /orders                                           | flow.missing-key",
      })
  void ofAWebhook(String keys, String code) throws IOException {
    assertThat(validate("http:\n  { " + keys + " }\n")).isEqualTo(2);
    assertThat(call.err())
        .contains("[" + code + "]")
        .contains("flow.yaml:")
        .doesNotContain("s3cret"); // I9
  }

  @Test
  void writtenAsEventBridgeDoesTheyAreFine() throws IOException {
    assertThat(
            validate(
                """
                Http:
                  Port: 8088
                  Type: HTTP
                  Method: [ GET, POST ]
                  SecurityConfig: ip
                  Ip: [ 10.0.0.0/8 ]
                """))
        .as(call.err())
        .isZero();
    assertThat(
            validate(
                """
                Schedule:
                  Schedule: "0 */10 * * * *"
                  TimeZone: GMT+8:00
                  UserData: { Job: close-day, at: [ 1, 2.50, null ] }
                  misfire: skip
                """))
        .as(call.err())
        .isZero();
  }
}
