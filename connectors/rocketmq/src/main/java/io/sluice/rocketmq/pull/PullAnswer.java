package io.sluice.rocketmq.pull;

import io.sluice.rocketmq.client.Answers;
import io.sluice.rocketmq.stored.StoredChunk;
import java.util.Optional;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.ResponseCode;

/**
 * Reads brokers' answers to PULL_MESSAGE.
 *
 * <p>A broker that is about to delete expired messages passes over them without saying so: it
 * answers with what it finds behind them, or with a later {@code nextBeginOffset}, as it does for
 * messages that a filter keeps back ({@code DefaultMessageStore.getMessage}). Where no filter can
 * be the reason, this reads them as gone.
 */
final class PullAnswer {
  /** {@code GetMessageStatus}, which brokers put into the remark. */
  private static final String REMOVING = "MESSAGE_WAS_REMOVING";

  private PullAnswer() {}

  /** Whether a code is one that {@link #read} knows. */
  static boolean isKnown(int code) {
    return switch (code) {
      case ResponseCode.SUCCESS,
          ResponseCode.PULL_RETRY_IMMEDIATELY,
          ResponseCode.PULL_NOT_FOUND,
          ResponseCode.PULL_OFFSET_MOVED ->
          true;
      default -> false;
    };
  }

  /**
   * @param offset what was asked for
   * @param filtered whether the broker leaves messages out
   */
  static Pulled read(RemotingCommand answer, long offset, boolean filtered) {
    return switch (answer.getCode()) {
      case ResponseCode.SUCCESS -> found(answer, offset, filtered);
      case ResponseCode.PULL_RETRY_IMMEDIATELY -> nothingFound(answer, offset, filtered);
      case ResponseCode.PULL_OFFSET_MOVED ->
          new Pulled.Outside(
              Answers.number(answer, "minOffset"), Answers.number(answer, "maxOffset"));
      default -> stretch(Optional.empty(), offset, answer);
    };
  }

  private static Pulled found(RemotingCommand answer, long offset, boolean filtered) {
    StoredChunk chunk = StoredChunk.of(answer.getBody());
    Optional<StoredChunk> asked = chunk.from(offset);
    if (!filtered && asked.isPresent() && asked.get().firstOffset() > offset) {
      return gone(asked.get().firstOffset(), answer);
    }
    long next = Math.max(Answers.number(answer, "nextBeginOffset"), chunk.lastOffset() + 1);
    return stretch(asked, next, answer);
  }

  private static Pulled nothingFound(RemotingCommand answer, long offset, boolean filtered) {
    long next = Math.max(offset, Answers.number(answer, "nextBeginOffset"));
    return next > offset && (!filtered || REMOVING.equals(answer.getRemark()))
        ? gone(next, answer)
        : stretch(Optional.empty(), next, answer);
  }

  private static Pulled gone(long first, RemotingCommand answer) {
    return new Pulled.Outside(first, Math.max(first, Answers.number(answer, "maxOffset")));
  }

  private static Pulled stretch(Optional<StoredChunk> chunk, long next, RemotingCommand answer) {
    return new Pulled.Stretch(
        chunk, next, Answers.number(answer, "minOffset"), Answers.number(answer, "maxOffset"));
  }
}
