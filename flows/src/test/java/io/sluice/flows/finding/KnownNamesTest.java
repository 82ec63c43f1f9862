package io.sluice.flows.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownNamesTest {
  private final KnownNames names = new KnownNames(List.of("groupID", "topic", "tag", "timestamp"));

  @ParameterizedTest
  @CsvSource({"grupID,groupID", "GROUPid,groupID", "topci,topic", "tags,tag", "timestmp,timestamp"})
  void suggestsWhatWasProbablyMeant(String given, String meant) {
    assertThat(names.closest(given)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"x", "region", "to", "runOptions"})
  void suggestsNothingForWhatIsFarOff(String given) {
    assertThat(names.closest(given)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ab,ab,0",
    "ab,ba,1",
    "ab,a,1",
    "ab,abc,1",
    "ab,xb,1",
    "kitten,sitting,3",
    "'',abc,3"
  })
  void countsSingleChanges(String from, String to, int distance) {
    assertThat(KnownNames.distance(from, to)).isEqualTo(distance);
    assertThat(KnownNames.distance(to, from)).isEqualTo(distance);
  }

  @Test
  void listsTheNamesWhenNoneIsClose() {
    assertThat(names.suggestion("region", "Keys"))
        .isEqualTo("Keys: groupID, tag, timestamp, topic.");
  }
}
