package io.sluice.rocketmq.diagnosis;

import io.sluice.rocketmq.RocketMqError;
import io.sluice.sdk.diagnosis.Need;
import io.sluice.sdk.error.SluiceException;
import java.util.Optional;

/**
 * Consumer groups exist. Brokers that create them by themselves do so when they are asked, as they
 * would when the flow starts.
 */
final class GroupCheck extends ReadingCheck {
  static final String NAME = "group";

  GroupCheck() {
    super(RocketMqError.GROUP_MISSING);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  Optional<String> subject(Need.Reading need) {
    return need.group();
  }

  @Override
  Optional<SluiceException> ask(Examination examination, Need.Reading need) {
    return examination.read(need);
  }

  @Override
  String seen() {
    return "exists";
  }
}
