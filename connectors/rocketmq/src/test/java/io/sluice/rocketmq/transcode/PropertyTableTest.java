package io.sluice.rocketmq.transcode;

import static io.sluice.rocketmq.stored.Messages.message;
import static io.sluice.rocketmq.stored.Messages.properties;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.rocketmq.stored.StoreBytes;
import io.sluice.rocketmq.stored.StoredChunk;
import io.sluice.rocketmq.stored.StoredCursor;
import io.sluice.rocketmq.stored.StoredMessages;
import io.sluice.rocketmq.transcode.PropertyTable.Action;
import io.sluice.rocketmq.transcode.PropertyTable.Row;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.rocketmq.common.message.MessageConst;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PropertyTableTest {
  private static final StoreBytes STORE = new StoreBytes(false);

  static Stream<String> strippedNames() {
    return PropertyTable.rows().stream()
        .filter(row -> row.action() == Action.STRIP)
        .map(row -> row.name().replace("*", "ANY"));
  }

  static Stream<String> keptNames() {
    Stream<String> strangers =
        strippedNames().flatMap(name -> Stream.of(name + "x", "x" + name, name.toLowerCase()));
    return Stream.concat(
            PropertyTable.rows().stream().filter(row -> row.action() == Action.KEEP).map(Row::name),
            Stream.concat(strangers, Stream.of("a", "__RMQ.TRANSIENT", "名字", "_sluice2")))
        .filter(name -> !name.equals("_sluice") && !name.startsWith("__RMQ.TRANSIENT."));
  }

  private static Map<String, String> crossed(String properties) {
    StoredMessages messages =
        StoredMessages.of(List.of(StoredChunk.of(STORE.of(message(0, properties)))));
    Batch batch = Batch.of(new Partition("p", 0), new Position(0), new Position(1), messages);
    byte[] body =
        new BatchEncoder(EncoderLimits.DEFAULT, Stamping.of(false))
            .requests(batch)
            .next()
            .orElseThrow()
            .body();
    try {
      return MessageDecoder.decodeMessage(ByteBuffer.wrap(body)).getProperties();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @MethodSource("strippedNames")
  void stripsWhereverItStands(String name) {
    assertThat(crossed(properties(name, "v", "a", "b", "c", "d")))
        .containsOnly(Map.entry("a", "b"), Map.entry("c", "d"));
    assertThat(crossed(properties("a", "b", name, "v", name, "w", "c", "d")))
        .containsOnly(Map.entry("a", "b"), Map.entry("c", "d"));
    String unterminated = properties("a", "b", "c", "d", name, "v");
    assertThat(crossed(unterminated.substring(0, unterminated.length() - 1)))
        .containsOnly(Map.entry("a", "b"), Map.entry("c", "d"));
    assertThat(crossed(properties(name, "v"))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("keptNames")
  void keepsEverythingElse(String name) {
    assertThat(crossed(properties("WAIT", "true", name, "v", "DELAY", "3")))
        .containsOnly(Map.entry(name, "v"));
  }

  @Test
  void knowsEveryPropertyThatRocketMqKnows() throws IllegalAccessException {
    Set<String> known =
        PropertyTable.rows().stream().map(Row::name).collect(Collectors.toUnmodifiableSet());
    List<String> names = new ArrayList<>(MessageConst.STRING_HASH_SET);
    for (Field field : MessageConst.class.getFields()) {
      if (field.getName().startsWith("PROPERTY_") && field.getType() == String.class) {
        names.add((String) field.get(null));
      }
    }
    names.removeIf(name -> name.startsWith(MessageConst.PROPERTY_TRANSIENT_PREFIX));
    assertThat(known).containsAll(names);
  }

  @Test
  void everyRowStandsOnceAndSaysWhy() {
    assertThat(PropertyTable.rows()).extracting(Row::name).doesNotHaveDuplicates();
    assertThat(PropertyTable.rows())
        .allSatisfy(row -> assertThat(row.reason()).matches("[A-Z].*[^.]\\.(?s:$)"));
  }

  @Test
  void everythingInItIsASystemPropertyToViewers() {
    for (Row row : PropertyTable.rows()) {
      String name = row.name().replace("*", "ANY");
      byte[] stored = STORE.of(message(0, properties(name, "v")));
      StoredCursor cursor = StoredMessages.of(List.of(StoredChunk.of(stored))).cursor();
      cursor.advance();
      assertThat(cursor.systemProperty(name)).as(name).contains("v");
      assertThat(cursor.userProperty(name)).as(name).isEmpty();
    }
  }
}
