package io.sluice.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.store.RunningFlags;
import org.junit.jupiter.api.Test;

class FreeSpaceTest {
  private final AtomicLong usable = new AtomicLong(1_000);
  private final RunningFlags flags = new RunningFlags();
  private final FreeSpace freeSpace =
      new FreeSpace(Path.of("."), 100, folder -> usable.get(), flags);

  private boolean isWriteable() {
    freeSpace.executeBeforePutMessage(new MessageExt());
    return flags.isWriteable();
  }

  @Test
  void writesGoOnWhereOnlyThePercentageIsHigh() {
    flags.getAndMakeDiskFull(); // as RocketMQ does above 90 %
    assertThat(isWriteable()).isTrue();
  }

  @Test
  void writesStopAndGoOnWithTheFreeBytes() {
    usable.set(99);
    await().until(() -> !isWriteable());
    usable.set(100);
    await().until(this::isWriteable);
  }

  @Test
  void otherTroubleOfTheStoreStays() {
    flags.makeLogicsQueueError();
    assertThat(isWriteable()).isFalse();
  }
}
