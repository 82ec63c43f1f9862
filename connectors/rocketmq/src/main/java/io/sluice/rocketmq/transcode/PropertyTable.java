package io.sluice.rocketmq.transcode;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Which of RocketMQ's own properties cross to the target, and which are stripped, each with its
 * reason. Properties that are not listed are the application's, and cross byte by byte (I5).
 *
 * <p>Brokers keep control properties in what they store, also after having obeyed them. In a batch
 * most of them do nothing; in a message sent alone they would act a second time.
 */
public final class PropertyTable {

  /** What becomes of a property. */
  public enum Action {
    /** It crosses as it is. */
    KEEP,
    /** It is left out. */
    STRIP
  }

  /**
   * One property.
   *
   * @param name its name; a {@code *} at the end stands for any rest
   * @param action what becomes of it
   * @param reason why, one sentence
   */
  public record Row(String name, Action action, String reason) {}

  private static final List<Row> ROWS =
      List.of(
          keep("TAGS", "The tag: consumers subscribe by it."),
          keep("KEYS", "The keys: messages are looked up by them."),
          keep("UNIQ_KEY", "The message ID that producer and consumers know; traces refer to it."),
          keep("__SHARDINGKEY", "The message group, by which ordered messages belong together."),
          keep("BUYER_ID", "Set by the application."),
          keep("CORRELATION_ID", "Ties a reply to its request."),
          keep("REPLY_TO_CLIENT", "Names the client that waits for the reply to a request."),
          keep("TTL", "How long the sender of a request waits; the application may look at it."),
          keep("MSG_TYPE", "Tells replies from other messages; only sending clients act on it."),
          keep("ARRIVE_TIME", "When a reply arrived, for the application; nothing acts on it."),
          keep(
              "PUSH_REPLY_TIME",
              "When a reply was pushed, for the application; nothing acts on it."),
          keep("TRACE_CONTEXT", "Carries a distributed trace from producer to consumers."),
          keep(
              "BORN_TIMESTAMP",
              "When the message was born, exact even where a batch shares one time."),
          keep(
              "__BORNHOST", "Where the message was born, which the target cannot store otherwise."),
          keep("CORRECTION_FLAG", "A mark of the sender's that nothing acts on."),
          keep("MQ2_FLAG", "A mark of the sender's that nothing acts on."),
          keep("REDIRECT", "Nothing acts on it, and applications may set it for themselves."),
          strip(
              OriginStamp.PROPERTY,
              "Says which record this one is a copy of; its copy gets an origin of its own."),
          strip(
              "WAIT",
              "Asks for a send to wait for flush and replica; false on everything that a broker"
                  + " delivered late, where the copy must wait all the same."),
          strip(
              "DELAY",
              "Delay level, kept by brokers after the delay: a copy sent alone would be delayed"
                  + " again."),
          strip("TIMER_DELAY_SEC", "Timer, kept after it fired: the copy would be timed again."),
          strip("TIMER_DELAY_MS", "Timer, kept after it fired: the copy would be timed again."),
          strip("TIMER_DELIVER_MS", "Timer, kept after it fired: the copy would be timed again."),
          strip(
              "TIMER_OUT_MS",
              "State of the source's timer; it would keep the copy's from working."),
          strip("TIMER_ENQUEUE_MS", "State of the source's timer."),
          strip("TIMER_DEQUEUE_MS", "State of the source's timer."),
          strip("TIMER_ROLL_TIMES", "State of the source's timer."),
          strip("TIMER_ROLL_LABEL", "State of the source's timer."),
          strip("TIMER_DELAY_LEVEL", "State of the source's timer."),
          strip("TIMER_DEL_UNIQKEY", "Tells a timer to forget another message; that was done."),
          strip("E_T", "Which engine of the source's timer kept the message."),
          strip(
              "TRAN_MSG",
              "True on committed messages too: a copy sent alone would be half a transaction that"
                  + " nobody ends."),
          strip("PGROUP", "The group that the source asks about open transactions."),
          strip("__transactionId__", "Names a transaction that is over, and of the source."),
          strip("TRANSACTION_CHECK_TIMES", "How often the source asked about the transaction."),
          strip("CHECK_IMMUNITY_TIME_IN_SECONDS", "How long the source did not ask about it."),
          strip("TRAN_PREPARED_QUEUE_OFFSET", "Where the source kept the half message."),
          strip("TRANS_OFFSET", "Where the source kept the half message."),
          strip("REAL_TOPIC", "Where the source delivers a delayed or half message: delivered."),
          strip("REAL_QID", "Where the source delivers a delayed or half message: delivered."),
          strip("RETRY_TOPIC", "Retries belong to a consumer group of the source."),
          strip("ORIGIN_GROUP", "Retries belong to a consumer group of the source."),
          strip("ORIGIN_MESSAGE_ID", "Retries belong to a consumer group of the source."),
          strip("RECONSUME_TIME", "Retries are counted anew at the target."),
          strip("MAX_RECONSUME_TIMES", "Retries are limited by the target's groups."),
          strip("CONSUME_START_TIME", "When a consumer of the source began to work on it."),
          strip("DLQ_ORIGIN_TOPIC", "Dead letters belong to a consumer group of the source."),
          strip("DLQ_ORIGIN_MESSAGE_ID", "Dead letters belong to a consumer group of the source."),
          strip("POP_CK", "Receipt of a consumer of the source."),
          strip("POP_CK_OFFSET", "Receipt of a consumer of the source."),
          strip("1ST_POP_TIME", "Receipt of a consumer of the source."),
          strip("MIN_OFFSET", "The source queue's range, added by a client on receipt."),
          strip("MAX_OFFSET", "The source queue's range, added by a client on receipt."),
          strip("INSTANCE_ID", "Namespace of the source instance; the target's is another."),
          strip("MSG_REGION", "Region of the source broker; the target broker has its own."),
          strip("CLUSTER", "Cluster of the source broker: replies would be sent to a wrong one."),
          strip("TRACE_ON", "Whether the source broker wants traces; the target's decides itself."),
          strip("INNER_NUM", "Counts messages inside a message; brokers refuse it on any other."),
          strip("INNER_BASE", "Queue offset at the source of messages inside a message."),
          strip(
              "INNER_MULTI_DISPATCH",
              "Queues of the source that saw the message too; the target would write into them."),
          strip("INNER_MULTI_QUEUE_OFFSET", "Offsets in queues of the source."),
          strip(
              "__LITE_TOPIC", "Names a lite topic of the source; the target would dispatch by it."),
          strip("_SYS_MSG_PRIORITY_", "Priority picks the queue, and the copy stays in its own."),
          strip("__CRC32#", "Checksum over the message as the source stored it."),
          strip("DUP_INFO", "Bookkeeping of the source's commit log."),
          strip("EXTEND_UNIQ_INFO", "Bookkeeping of the source's batches."),
          strip("TRANSFER_FLAG", "Marks what another tool copied, for its own use."),
          strip("PROPERTY_FORWARD_QUEUE_ID", "Routing inside the source cluster."),
          strip("__RMQ.TRANSIENT.*", "Added by clients on receipt, never meant to be stored."));

  private static final NameSet STRIPPED =
      new NameSet(
          ROWS.stream().filter(row -> row.action() == Action.STRIP).map(Row::name).toList());

  private PropertyTable() {}

  private static Row keep(String name, String reason) {
    return new Row(name, Action.KEEP, reason);
  }

  private static Row strip(String name, String reason) {
    return new Row(name, Action.STRIP, reason);
  }

  /** All rows, for documentation. */
  public static List<Row> rows() {
    return ROWS;
  }

  /** Whether the property whose name stands in these bytes is left out. */
  static boolean strips(byte[] bytes, int nameStart, int nameEnd) {
    return STRIPPED.contains(bytes, nameStart, nameEnd);
  }

  /** Whether the property of this name is left out. */
  static boolean strips(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return strips(bytes, 0, bytes.length);
  }
}
