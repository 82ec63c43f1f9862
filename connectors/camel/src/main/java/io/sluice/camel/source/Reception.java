package io.sluice.camel.source;

import io.sluice.camel.message.Draft;
import io.sluice.camel.message.MessageReader;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.source.Intake;
import io.sluice.sdk.time.Scheduler;
import java.util.List;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/**
 * The end of the endpoint's route: each exchange stays open until its records are done. Called on
 * the endpoint's threads, many at a time.
 */
final class Reception extends AsyncProcessorSupport {
  private final MessageReader reader;
  private final Intake<OpenExchange> intake;
  private final Scheduler scheduler;
  private final Runnable arrived;

  /**
   * @param arrived told after each exchange that came in; does not block
   */
  Reception(
      MessageReader reader, Intake<OpenExchange> intake, Scheduler scheduler, Runnable arrived) {
    this.reader = reader;
    this.intake = intake;
    this.scheduler = scheduler;
    this.arrived = arrived;
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    try {
      List<Draft> drafts = reader.read(exchange, scheduler.now());
      if (drafts.isEmpty()) {
        ExchangeEnd.stored(exchange);
      } else if (intake.enter(new OpenExchange(exchange, callback, drafts))) {
        arrived.run();
        return false;
      } else {
        ExchangeEnd.givenUp(exchange);
      }
    } catch (SluiceException refused) {
      ExchangeEnd.refused(exchange, refused);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      ExchangeEnd.givenUp(exchange);
    }
    callback.done(true);
    return true;
  }
}
