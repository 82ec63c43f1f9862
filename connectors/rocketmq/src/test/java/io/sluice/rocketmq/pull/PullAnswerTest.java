package io.sluice.rocketmq.pull;

import static io.sluice.rocketmq.stored.Messages.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.rocketmq.stored.StoreBytes;
import java.util.List;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.junit.jupiter.api.Test;

class PullAnswerTest {
  private final StoreBytes store = new StoreBytes(false);

  @Test
  void messagesFromTheAskedOffsetAreAStretch() {
    RemotingCommand answer = answer(ResponseCode.SUCCESS, "FOUND", 12);
    answer.setBody(store.of(List.of(message(10, ""), message(11, ""))));

    Pulled.Stretch stretch = (Pulled.Stretch) PullAnswer.read(answer, 10, false);
    assertThat(stretch.next()).isEqualTo(12);
    assertThat(stretch.messages().orElseThrow().count()).isEqualTo(2);
  }

  @Test
  void aGapBeforeTheFirstMessageHasExpiredUnlessAFilterMadeIt() {
    RemotingCommand answer = answer(ResponseCode.SUCCESS, "FOUND", 12);
    answer.setBody(store.of(List.of(message(10, ""), message(11, ""))));

    assertThat(PullAnswer.read(answer, 7, false)).isEqualTo(new Pulled.Outside(10, 50));
    assertThat(((Pulled.Stretch) PullAnswer.read(answer, 7, true)).next()).isEqualTo(12);
  }

  @Test
  void whatIsBeingRemovedHasExpired() {
    RemotingCommand removing =
        answer(ResponseCode.PULL_RETRY_IMMEDIATELY, "MESSAGE_WAS_REMOVING", 40);
    assertThat(PullAnswer.read(removing, 7, true)).isEqualTo(new Pulled.Outside(40, 50));
    assertThat(PullAnswer.read(removing, 7, false)).isEqualTo(new Pulled.Outside(40, 50));
  }

  @Test
  void whatTheFilterKeptBackIsAStretchWithoutMessages() {
    RemotingCommand unmatched =
        answer(ResponseCode.PULL_RETRY_IMMEDIATELY, "NO_MATCHED_MESSAGE", 40);

    Pulled.Stretch stretch = (Pulled.Stretch) PullAnswer.read(unmatched, 7, true);
    assertThat(stretch.messages()).isEmpty();
    assertThat(stretch.next()).isEqualTo(40);
  }

  @Test
  void anAnswerWithoutProgressIsNoGap() {
    RemotingCommand again = answer(ResponseCode.PULL_RETRY_IMMEDIATELY, "MESSAGE_WAS_REMOVING", 7);
    assertThat(((Pulled.Stretch) PullAnswer.read(again, 7, false)).next()).isEqualTo(7);
  }

  private static RemotingCommand answer(int code, String remark, long next) {
    RemotingCommand answer = RemotingCommand.createResponseCommand(code, remark);
    answer.addExtField("nextBeginOffset", Long.toString(next));
    answer.addExtField("minOffset", "5");
    answer.addExtField("maxOffset", "50");
    return answer;
  }
}
