package io.sluice.rocketmq.transcode;

import static io.sluice.rocketmq.stored.Messages.message;
import static io.sluice.rocketmq.stored.Messages.properties;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sluice.rocketmq.FormatError;
import io.sluice.rocketmq.stored.RandomMessages;
import io.sluice.rocketmq.stored.StoreBytes;
import io.sluice.rocketmq.stored.StoredChunk;
import io.sluice.rocketmq.stored.StoredMessages;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.batch.Selection;
import io.sluice.sdk.error.SluiceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.apache.rocketmq.common.MQVersion;
import org.apache.rocketmq.common.compression.CompressionType;
import org.apache.rocketmq.common.compression.CompressorFactory;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageExtBrokerInner;
import org.apache.rocketmq.common.sysflag.MessageSysFlag;
import org.apache.rocketmq.store.MessageExtEncoder;
import org.junit.jupiter.api.Test;

class TranscodeTest {
  private static final Partition PARTITION = new Partition("qingdao/orders/broker-a/3", 3);

  private final StoreBytes store = new StoreBytes(false);

  private Batch batch(List<MessageExtBrokerInner> messages) {
    StoredChunk chunk = StoredChunk.of(store.of(messages));
    return Batch.of(
        PARTITION,
        new Position(chunk.firstOffset()),
        new Position(chunk.lastOffset() + 1),
        StoredMessages.of(List.of(chunk)));
  }

  private Batch batch(MessageExtBrokerInner... messages) {
    return batch(List.of(messages));
  }

  private static List<SendRequest> requests(Batch batch, EncoderLimits limits) {
    return Target.all(new BatchEncoder(limits, Stamping.of(true)).requests(batch));
  }

  private static List<SendRequest> requests(Batch batch) {
    return requests(batch, EncoderLimits.DEFAULT);
  }

  private static List<Long> offsets(List<SendRequest> requests) {
    List<Long> offsets = new ArrayList<>();
    for (SendRequest request : requests) {
      for (Message message : Target.messages(request)) {
        String origin = message.getProperty(OriginStamp.PROPERTY);
        offsets.add(Long.parseLong(origin.substring(origin.indexOf('@') + 1)));
      }
    }
    return offsets;
  }

  @Test
  void everyMessageCrossesByteForByte() { // I5
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    for (int round = 0; round < 40; round++) {
      List<MessageExtBrokerInner> messages = new RandomMessages(seed + round).next(1 + 2 * round);
      List<Message> copies = new ArrayList<>();
      for (SendRequest request : requests(batch(messages))) {
        copies.addAll(Target.messages(request));
      }
      assertThat(copies).hasSameSizeAs(messages);
      for (int i = 0; i < copies.size(); i++) {
        assertThat(copies.get(i).getBody()).isEqualTo(messages.get(i).getBody());
        assertThat(copies.get(i).getFlag()).isEqualTo(messages.get(i).getFlag());
        assertThat(copies.get(i).getProperties()).isEqualTo(expectedProperties(messages.get(i)));
      }
    }
  }

  private static Map<String, String> expectedProperties(MessageExtBrokerInner message) {
    Map<String, String> expected =
        new HashMap<>(MessageDecoder.string2messageProperties(message.getPropertiesString()));
    expected.keySet().removeIf(PropertyTable::strips);
    expected.put("_sluice", PARTITION + "@" + message.getQueueOffset());
    return expected;
  }

  @Test
  void propertyBytesStayAsTheyAre() {
    String odd = properties("b", "", "a", "1", "", "x", "a", "2") + "loose\u0002";
    String stamp = properties("_sluice", PARTITION + "@5");

    byte[] body = requests(batch(message(5, odd + properties("WAIT", "true")))).get(0).body();

    int propertiesAt = 20 + "body5".length() + 2;
    assertThat(new String(body, propertiesAt, body.length - propertiesAt)).isEqualTo(odd + stamp);
  }

  @Test
  void consumersOfTheTargetSeeWhatConsumersOfTheSourceSee() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    for (StoreBytes target : List.of(new StoreBytes(false), new StoreBytes(true))) {
      List<MessageExtBrokerInner> messages = new RandomMessages(seed).next(200);
      List<MessageExt> originals = MessageDecoder.decodes(ByteBuffer.wrap(store.of(messages)));

      List<MessageExt> copies = Target.consumed(requests(batch(messages)), target);

      assertThat(copies).hasSameSizeAs(originals);
      for (int i = 0; i < copies.size(); i++) {
        // Inflated by RocketMQ itself, on both sides.
        assertThat(copies.get(i).getBody()).isEqualTo(originals.get(i).getBody());
        Map<String, String> properties = new HashMap<>(copies.get(i).getProperties());
        properties.remove("__CRC32#");
        assertThat(properties).isEqualTo(expectedProperties(messages.get(i)));
      }
    }
  }

  @Test
  void aMissingLastSeparatorIsSupplied() {
    MessageExtBrokerInner message = message(5, "a\u0001b");

    assertThat(Target.messages(requests(batch(message)).get(0)).get(0).getProperties())
        .containsOnly(Map.entry("a", "b"), Map.entry("_sluice", PARTITION + "@5"));
    SendRequest unstamped =
        new BatchEncoder(EncoderLimits.DEFAULT, Stamping.of(false))
            .requests(batch(message))
            .next()
            .orElseThrow();
    byte[] checked = Target.stored(unstamped, 0, new StoreBytes(true));
    assertThat(MessageDecoder.decodes(ByteBuffer.wrap(checked)).get(0).getProperty("a"))
        .isEqualTo("b");
  }

  @Test
  void theOriginIsFoundInWhatTheTargetStored() {
    MessageExtBrokerInner copyOfACopy =
        message(17, properties("_sluice", "elsewhere/t/b/0@99", "a", "b"));
    SendRequest request = requests(batch(message(4, "x\u0001y"), copyOfACopy)).get(0);

    StoredMessages tail = Target.pulled(Target.stored(request, 800, store));

    assertThat(OriginStamp.originOf(tail, 0, PARTITION)).hasValue(new Position(4));
    assertThat(OriginStamp.originOf(tail, 1, PARTITION)).hasValue(new Position(17));
    assertThat(OriginStamp.originOf(tail, 1, new Partition("elsewhere/t/b/0", 0))).isEmpty();
    assertThat(OriginStamp.originOf(tail, 1, new Partition("qingdao/orders/broker-a/33", 0)))
        .isEmpty();
  }

  @Test
  void sendsOnlyWhatIsSelected() {
    Batch batch =
        batch(message(10, ""), message(11, ""), message(12, ""), message(20, ""), message(21, ""));

    Batch some = batch.select(Selection.of(5, index -> index == 1 || index == 3));
    List<SendRequest> requests = requests(some);

    assertThat(offsets(requests)).containsExactly(11L, 20L);
    assertThat(requests.get(0).count()).isEqualTo(2);
    assertThat(requests.get(0).first()).isEqualTo(new Position(11));
    assertThat(requests.get(0).next()).isEqualTo(new Position(21));
    assertThat(requests(batch.select(Selection.of(5, index -> false)))).isEmpty();
  }

  @Test
  void goesOnFromAPosition() {
    Batch batch = batch(message(10, ""), message(11, ""), message(15, ""), message(16, ""));

    assertThat(offsets(requests(batch.from(new Position(12))))).containsExactly(15L, 16L);
  }

  @Test
  void countsBornTimeFromTheFirstOfARequest() {
    Batch batch = batch(message(10, ""), message(11, ""));

    assertThat(requests(batch).get(0).bornMillis()).isEqualTo(1_700_000_000_010L);
  }

  @Test
  void aChangeOfCompressionBeginsAnotherRequest() {
    int zlib = MessageSysFlag.COMPRESSED_FLAG;
    int lz4 = zlib | MessageSysFlag.COMPRESSION_LZ4_TYPE;
    int transaction = MessageSysFlag.TRANSACTION_COMMIT_TYPE;
    int[] sysFlags = {
      0, transaction, zlib, zlib | transaction, lz4, 0, MessageSysFlag.COMPRESSION_ZSTD_TYPE
    };
    List<MessageExtBrokerInner> messages = new ArrayList<>();
    for (int i = 0; i < sysFlags.length; i++) {
      MessageExtBrokerInner message = message(i, "");
      message.setSysFlag(sysFlags[i]);
      messages.add(message);
    }

    List<SendRequest> requests = requests(batch(messages));

    assertThat(requests).extracting(SendRequest::sysFlag).containsExactly(0, zlib, lz4, 0);
    assertThat(requests).extracting(SendRequest::count).containsExactly(2, 2, 1, 2);
    assertThat(offsets(requests)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L);
  }

  @Test
  void inflatesWhatConsumersOfOldTargetsCannot() throws IOException {
    List<MessageExtBrokerInner> messages = new ArrayList<>();
    for (CompressionType type : CompressionType.values()) {
      byte[] body = "compressed ".repeat(100).getBytes(StandardCharsets.UTF_8);
      MessageExtBrokerInner message =
          message(messages.size(), "", CompressorFactory.getCompressor(type).compress(body, 5));
      message.setSysFlag(MessageSysFlag.COMPRESSED_FLAG | type.getCompressionFlag());
      messages.add(message);
    }

    List<SendRequest> requests =
        Target.all(
            new BatchEncoder(
                    EncoderLimits.DEFAULT,
                    RequestSize.of(EncoderLimits.DEFAULT),
                    Stamping.of(true),
                    Compressions.of(MQVersion.Version.V4_9_3.ordinal()),
                    new Buffers())
                .requests(batch(messages)));

    assertThat(requests)
        .extracting(SendRequest::sysFlag)
        .containsExactlyInAnyOrder(0, messages.get(indexOf(CompressionType.ZLIB)).getSysFlag());
    assertThat(Target.consumed(requests, store))
        .hasSize(messages.size())
        .allSatisfy(message -> assertThat(message.getBody()).hasSize("compressed ".length() * 100));
    assertThat(requests(batch(messages)))
        .as("newer ones can")
        .extracting(SendRequest::sysFlag)
        .containsExactlyElementsOf(
            messages.stream().map(MessageExtBrokerInner::getSysFlag).toList());
  }

  private static int indexOf(CompressionType type) {
    return List.of(CompressionType.values()).indexOf(type);
  }

  @Test
  void fillsRequestsUpToTheTargetSize() {
    List<MessageExtBrokerInner> messages = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      messages.add(message(i, "", new byte[1000]));
    }

    List<SendRequest> requests = requests(batch(messages), new EncoderLimits(5400, 1 << 20));

    assertThat(requests).extracting(SendRequest::count).containsOnly(5);
    assertThat(requests).allSatisfy(r -> assertThat(r.body().length).isBetween(5200, 5400));
    assertThat(offsets(requests)).hasSize(50).isSorted();
    assertThat(requests).extracting(SendRequest::next).last().isEqualTo(new Position(50));
  }

  @Test
  void oneRecordMayExceedTheTargetSize() {
    Batch batch =
        batch(message(0, ""), message(1, "", new byte[5000]), message(2, ""), message(3, ""));

    List<SendRequest> requests = requests(batch, new EncoderLimits(1000, 1 << 20));

    assertThat(requests).extracting(SendRequest::count).containsExactly(1, 1, 2);
    assertThat(requests).hasOnlyElementsOfType(BatchRequest.class);
  }

  @Test
  void staysWithinWhatTheOldestBrokersStore() {
    int max = 20_000;
    List<MessageExtBrokerInner> messages = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      messages.add(message(i, "", new byte[10]));
    }

    List<SendRequest> requests = requests(batch(messages), new EncoderLimits(1 << 20, max));

    for (SendRequest request : requests) {
      int stored = 0;
      for (Message message : Target.messages(request)) {
        stored +=
            MessageExtEncoder.calMsgLength(
                messages.get(0).getVersion(),
                MessageSysFlag.BORNHOST_V6_FLAG | MessageSysFlag.STOREHOSTADDRESS_V6_FLAG,
                message.getBody().length,
                127,
                MessageDecoder.messageProperties2String(message.getProperties()).length());
      }
      assertThat(stored).isLessThanOrEqualTo(max);
    }
    assertThat(offsets(requests)).hasSize(1000).isSorted();
  }

  @Test
  void aRecordTooLargeForAnEnvelopeGoesAlone() {
    byte[] large = new byte[4 << 20];
    new Random(1).nextBytes(large);
    MessageExtBrokerInner message =
        message(11, properties("TAGS", "paid", "WAIT", "false", "a", "b"), large);
    message.setFlag(7);
    message.setSysFlag(MessageSysFlag.COMPRESSED_FLAG | MessageSysFlag.TRANSACTION_COMMIT_TYPE);

    List<SendRequest> requests = requests(batch(message(10, ""), message, message(12, "")));

    assertThat(requests).hasSize(3);
    SingleRequest single = (SingleRequest) requests.get(1);
    assertThat(single.properties())
        .isEqualTo(properties("TAGS", "paid", "a", "b", "_sluice", PARTITION + "@11"));
    assertThat(single.flag()).isEqualTo(7);
    assertThat(single.sysFlag()).isEqualTo(MessageSysFlag.COMPRESSED_FLAG);
    assertThat(single.body()).isEqualTo(large);
    assertThat(single.first()).isEqualTo(new Position(11));
    assertThat(single.next()).isEqualTo(new Position(12));
    assertThat(single.count()).isEqualTo(1);
  }

  @Test
  void aBodyThatNobodyTakesIsAnErrorAfterWhatComesBefore() {
    EncoderLimits limits = new EncoderLimits(1 << 20, 4000);
    Batch batch = batch(message(10, ""), message(11, "", new byte[4001]), message(12, ""));
    Requests requests = new BatchEncoder(limits, Stamping.of(true)).requests(batch);

    assertThat(requests.next().orElseThrow().next()).isEqualTo(new Position(11));
    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatExceptionOfType(SluiceException.class)
          .isThrownBy(requests::next)
          .withMessageContaining("position 11 of " + PARTITION)
          .withMessageContaining("4001")
          .withMessageContaining("4000")
          .satisfies(e -> assertThat(e.code()).isEqualTo(FormatError.RECORD_TOO_LARGE));
    }
  }

  @Test
  void theOriginNeverMakesARecordUnsendable() {
    String full = properties("a", "v".repeat(32_715));
    BatchEncoder encoder = new BatchEncoder(EncoderLimits.DEFAULT, Stamping.of(true));

    List<SendRequest> requests =
        Target.all(
            encoder.requests(
                batch(message(1, full), message(2, full + "b\u0001" + "v".repeat(40)))));

    List<Message> copies = Target.messages(requests.get(0));
    assertThat(copies).hasSize(2);
    assertThat(copies.get(0).getProperties().keySet()).containsOnly("a");
    assertThat(copies.get(1).getProperties().keySet()).containsOnly("a", "b");
    assertThat(encoder.unstamped()).isEqualTo(2);
    StoredMessages tail = Target.pulled(Target.stored(requests.get(0), 0, store));
    assertThat(OriginStamp.originOf(tail, 0, PARTITION)).isEmpty();
  }

  @Test
  void theBuffersContentNeverLeaksIntoALaterRequest() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    BatchEncoder reused = new BatchEncoder(new EncoderLimits(3000, 1 << 20), Stamping.of(true));
    RandomMessages random = new RandomMessages(seed);
    for (int round = 0; round < 30; round++) {
      Batch batch = batch(random.next(12));
      BatchEncoder fresh = new BatchEncoder(new EncoderLimits(3000, 1 << 20), Stamping.of(true));
      List<byte[]> expected =
          Target.all(fresh.requests(batch)).stream().map(SendRequest::body).toList();
      List<byte[]> bodies =
          Target.all(reused.requests(batch)).stream().map(SendRequest::body).toList();
      assertThat(bodies).usingElementComparator(Arrays::compare).isEqualTo(expected);
    }
  }

  @Test
  void encodersThatAreNotAtWorkKeepNoMemory() {
    Buffers buffers = new Buffers();
    List<BatchEncoder> encoders = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      BatchEncoder encoder =
          new BatchEncoder(
              EncoderLimits.DEFAULT,
              RequestSize.of(EncoderLimits.DEFAULT),
              Stamping.of(true),
              Compressions.ALL,
              buffers);
      encoders.add(encoder);
      List<MessageExtBrokerInner> messages = new ArrayList<>();
      for (int number = 0; number < 300; number++) {
        messages.add(message(number, "", new byte[1000]));
      }
      assertThat(Target.all(encoder.requests(batch(messages)))).hasSizeGreaterThan(1);
    }

    assertThat(encoders).hasSize(100);
    assertThat(buffers.bytes()).isBetween(1L, 2L * EncoderLimits.DEFAULT.targetBytes());
  }

  @Test
  void aRecordThatCannotBeSentGivesItsBufferBack() {
    Buffers buffers = new Buffers();
    EncoderLimits limits = new EncoderLimits(1 << 20, 4000);
    BatchEncoder encoder =
        new BatchEncoder(
            limits, RequestSize.of(limits), Stamping.of(true), Compressions.ALL, buffers);
    encoder.requests(batch(message(10, ""))).next();
    long kept = buffers.bytes();
    Requests refused = encoder.requests(batch(message(11, "", new byte[4001])));

    assertThatExceptionOfType(SluiceException.class).isThrownBy(refused::next);
    assertThat(buffers.bytes()).isEqualTo(kept);
  }

  @Test
  void damagedMessagesAreSentOrRefused() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    byte[] whole = store.of(new RandomMessages(seed).next(6));
    for (int round = 0; round < 5_000; round++) {
      byte[] bytes = whole.clone();
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        StoredChunk chunk = StoredChunk.of(bytes);
        Batch batch =
            Batch.of(
                PARTITION,
                new Position(0),
                new Position(Long.MAX_VALUE),
                StoredMessages.of(List.of(chunk)));
        int sent = requests(batch).stream().mapToInt(SendRequest::count).sum();
        assertThat(sent).isEqualTo(6);
      } catch (SluiceException e) {
        assertThat(e.code()).isInstanceOf(FormatError.class);
      }
    }
  }

  private static String copiedFrom(String journey) {
    return properties(OriginStamp.PROPERTY, journey);
  }

  @Test
  void leavesOutWhatHasBeenInTheTargetTopicBefore() {
    Stamping stamping = Stamping.of(true).cuttingEchoes("hangzhou", "orders");
    Batch batch =
        batch(
            message(10, copiedFrom("hangzhou/orders/b/0@7")),
            message(11, ""),
            message(12, copiedFrom("beijing/orders/b/0@7<hangzhou/orders")),
            message(13, copiedFrom("hangzhou/others/b/0@7")),
            message(14, copiedFrom("hangzhou2/orders/b/0@7<beijing/orders,hangzhou/orders")),
            message(15, copiedFrom("beijing/orders/b/0@7<hangzhou/orders2,2hangzhou/orders")),
            message(16, copiedFrom("hangzhou/orders/b/0@7")));
    Requests open = new BatchEncoder(EncoderLimits.DEFAULT, stamping).requests(batch);

    List<SendRequest> requests = Target.all(open);

    assertThat(requests).hasSize(1);
    assertThat(requests.get(0).count()).isEqualTo(3);
    assertThat(requests.get(0).first()).isEqualTo(new Position(11));
    assertThat(requests.get(0).next()).isEqualTo(new Position(17));
    assertThat(open.echoes()).isEqualTo(4);
    assertThat(Target.messages(requests.get(0)))
        .extracting(copy -> copy.getProperty(OriginStamp.PROPERTY))
        .containsExactly(
            PARTITION + "@11",
            PARTITION + "@13<hangzhou/others",
            PARTITION + "@15<beijing/orders,hangzhou/orders2,2hangzhou/orders");
  }

  @Test
  void aBatchOfEchoesIsNoRequest() {
    Stamping stamping = Stamping.of(false).cuttingEchoes("hangzhou", "orders");
    Requests open =
        new BatchEncoder(EncoderLimits.DEFAULT, stamping)
            .requests(
                batch(
                    message(1, copiedFrom("hangzhou/orders/b/0@7")),
                    message(2, copiedFrom("hangzhou/orders/b/0@8"))));

    assertThat(open.next()).isEmpty();
    assertThat(open.next()).isEmpty();
    assertThat(open.echoes()).isEqualTo(2);
  }

  @Test
  void aRecordThatWentThroughTooManyTopicsIsAnEcho() {
    StringBuilder journey = new StringBuilder("i/t/b/0@7<");
    for (int hop = 0; hop < 40; hop++) {
      journey.append(hop == 0 ? "" : ",").append("instance").append(hop).append("/t");
    }
    Stamping stamping = Stamping.of(true).cuttingEchoes("hangzhou", "orders");

    assertThat(
            new BatchEncoder(EncoderLimits.DEFAULT, stamping)
                .requests(batch(message(1, copiedFrom(journey.toString()))))
                .next())
        .isEmpty();
  }

  @Test
  void marksRecordsOfALaterIncarnation() {
    StoredChunk chunk = StoredChunk.of(store.of(message(5, "")));
    Batch batch =
        Batch.of(
            PARTITION,
            new Position(2, 5),
            new Position(2, 6),
            StoredMessages.of(List.of(chunk), 2, UnaryOperator.identity()));

    SendRequest request = requests(batch).get(0);

    assertThat(request.first()).isEqualTo(new Position(2, 5));
    assertThat(request.next()).isEqualTo(new Position(2, 6));
    assertThat(Target.messages(request).get(0).getProperty(OriginStamp.PROPERTY))
        .isEqualTo(PARTITION + "@2:5");
  }
}
