package io.sluice.schedule;

import io.sluice.sdk.connector.Connector;
import io.sluice.sdk.connector.SinkType;
import io.sluice.sdk.connector.SourceType;
import java.util.Optional;

/** The connector {@code schedule}: an event whenever its time has come. */
public final class ScheduleConnector implements Connector {

  @Override
  public String name() {
    return "schedule";
  }

  @Override
  public String summary() {
    return "Makes an event at each time of a cron expression, in a time zone, or at a fixed rate.";
  }

  @Override
  public Optional<SourceType<?>> source() {
    return Optional.of(new ScheduleSourceType());
  }

  @Override
  public Optional<SinkType<?>> sink() {
    return Optional.empty();
  }
}
