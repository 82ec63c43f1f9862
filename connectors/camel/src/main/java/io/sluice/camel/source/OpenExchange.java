package io.sluice.camel.source;

import io.sluice.camel.message.Draft;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.source.Arrival;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * An exchange that waits for its records to be done.
 *
 * @param callback to be called once, when the exchange holds its end
 * @param drafts its records, at least one
 */
record OpenExchange(Exchange exchange, AsyncCallback callback, List<Draft> drafts)
    implements Arrival {
  /** Rough size of the objects around a body, in bytes. */
  private static final int OVERHEAD = 500;

  @Override
  public int count() {
    return drafts.size();
  }

  @Override
  public long bytes() {
    return drafts.stream().mapToLong(draft -> draft.body().length + OVERHEAD).sum();
  }

  @Override
  public List<DetachedRecord> records(String topic, Position first) {
    List<DetachedRecord> records = new ArrayList<>(drafts.size());
    for (Draft draft : drafts) {
      records.add(draft.at(topic, first.plus(records.size())));
    }
    return records;
  }
}
