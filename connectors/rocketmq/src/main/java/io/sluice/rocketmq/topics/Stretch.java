package io.sluice.rocketmq.topics;

import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.record.Record;
import java.util.ArrayList;
import java.util.List;

/**
 * Records of a batch that follow each other and go to the same topic.
 *
 * @param topic to which they go
 * @param batch of which they are a part
 * @param first where it begins
 * @param next where it ends
 */
record Stretch(String topic, Batch batch, Position first, Position next) {

  /** All of a batch that is not empty. */
  static List<Stretch> of(Batch batch) {
    List<Stretch> stretches = new ArrayList<>();
    String topic = "";
    Position first = batch.first();
    for (Record record : batch.records()) {
      if (!topic.isEmpty() && !topic.equals(record.topic())) {
        stretches.add(new Stretch(topic, batch, first, record.position()));
        first = record.position();
      }
      topic = record.topic();
    }
    stretches.add(new Stretch(topic, batch, first, batch.next()));
    return stretches;
  }

  /** Its records. */
  Batch records() {
    return batch.from(first).upTo(next);
  }
}
