package io.sluice.rocketmq.diagnosis;

import io.sluice.rocketmq.RocketMqError;
import io.sluice.rocketmq.filter.SqlExpression;
import io.sluice.rocketmq.pull.QueuePuller;
import io.sluice.sdk.diagnosis.Need;
import io.sluice.sdk.error.SluiceException;
import java.util.Optional;

/** Brokers evaluate the SQL conditions that flows have. */
final class SqlFilterCheck extends ReadingCheck {
  SqlFilterCheck() {
    super(RocketMqError.SQL_FILTER_DISABLED);
  }

  @Override
  public String name() {
    return "SQL filter";
  }

  @Override
  Optional<String> subject(Need.Reading need) {
    return need.condition().map(condition -> need.topic());
  }

  @Override
  Optional<SluiceException> ask(Examination examination, Need.Reading need) {
    return new Rights(examination)
        .refusalToRead(
            need.topic(),
            need.group().orElse(QueuePuller.READER_GROUP),
            SqlExpression.parse(need.condition().orElseThrow()));
  }

  @Override
  String seen() {
    return "is filtered by SQL92";
  }
}
