package io.sluice.camel.endpoint;

import io.sluice.camel.CamelError;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import java.util.HashMap;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.Processor;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.Route;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.support.service.ServiceHelper;

/**
 * The Camel context of one endpoint: no two flows share anything. Its methods block; they are
 * called on a thread of the connector's own, one at a time.
 */
public final class EndpointContext implements AutoCloseable {
  private static final String ROUTE = "endpoint";
  private static final int SHUTDOWN_SECONDS = 5;

  private final DefaultCamelContext camel = new DefaultCamelContext(false);
  private final EndpointAddress address;
  private final Concealment concealment;
  private final String flow;

  /** A context that is not started. */
  public EndpointContext(String flow, EndpointAddress address, Concealment concealment) {
    this.flow = flow;
    this.address = address;
    this.concealment = concealment;
    camel.disableJMX();
    camel.setAutowiredEnabled(false);
    camel.setLoadHealthChecks(false);
    camel.setStreamCaching(false);
    camel.setMessageHistory(false);
    camel.setTracing(false);
    camel.setBacklogTracing(false);
    camel.setSourceLocationEnabled(false);
    camel.setAllowUseOriginalMessage(false);
    camel.setTypeConverterStatisticsEnabled(false);
    camel.setStartupSummaryLevel(StartupSummaryLevel.Off);
  }

  /** Camel itself. */
  public CamelContext camel() {
    return camel;
  }

  /**
   * Starts Camel and makes the endpoint.
   *
   * @throws SluiceException {@code camel.endpoint-failed}
   */
  public Endpoint start() {
    try {
      camel.build();
      camel.getShutdownStrategy().setTimeout(SHUTDOWN_SECONDS);
      if (address.component().equals(EventAddress.COMPONENT)) {
        EventService.bind(camel.getRegistry());
      }
      camel.start();
      configureComponent();
      // Apart from the path, so that no URI which Camel shows holds an option (I9).
      Endpoint endpoint = camel.getEndpoint(address.path(), Defaults.filledIn(address));
      ServiceHelper.startService(endpoint);
      return RocketMq.acknowledging(endpoint, address);
    } catch (Exception | LinkageError failure) {
      throw failed(failure);
    }
  }

  private void configureComponent() {
    if (address.componentOptions().isEmpty()) {
      return;
    }
    Component component = camel.getComponent(address.component(), true, false);
    PropertyBindingSupport.build()
        .withCamelContext(camel)
        .withTarget(component)
        .withConfigurer(component.getComponentPropertyConfigurer())
        .withProperties(new HashMap<>(address.componentOptions()))
        .withIgnoreCase(false)
        .withMandatory(true)
        .bind();
  }

  /**
   * Lets messages of the endpoint come to a processor, from now on.
   *
   * @throws SluiceException {@code camel.endpoint-failed}
   */
  public void receive(Endpoint from, Processor processor) {
    try {
      camel.addRoutes(
          new RouteBuilder(camel) {
            @Override
            public void configure() {
              errorHandler(noErrorHandler());
              from(from).routeId(ROUTE).process(processor);
            }
          });
    } catch (Exception | LinkageError failure) {
      throw failed(failure);
    }
  }

  /** Takes no messages until {@link #resume}, if the endpoint can do that. */
  public void suspend() {
    consumer().ifPresent(ServiceHelper::suspendService);
  }

  /** Takes messages again. */
  public void resume() {
    consumer().ifPresent(ServiceHelper::resumeService);
  }

  private Optional<Consumer> consumer() {
    return Optional.ofNullable(camel.getRoute(ROUTE)).map(Route::getConsumer);
  }

  /** What to say of an endpoint that could not be set up or started. */
  public SluiceException failed(Throwable failure) {
    Throwable reason = failure;
    boolean lasting = false;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      reason = cause;
      lasting |= isLasting(cause);
    }
    String message =
        "endpoint " + address.shown() + " could not be started: " + concealment.words(reason);
    Location place = Location.InFlow.of(flow);
    return lasting
        ? new SluiceException(CamelError.ENDPOINT_FAILED, message, place)
        : new RetriableException(CamelError.ENDPOINT_FAILED, message, place);
  }

  private static boolean isLasting(Throwable cause) {
    return cause instanceof ResolveEndpointFailedException
        || cause instanceof PropertyBindingException
        || cause instanceof NoSuchBeanException
        || cause instanceof IllegalArgumentException
        || cause instanceof LinkageError;
  }

  /** Takes a few seconds at most while something is under way. */
  @Override
  public void close() {
    camel.stop();
  }
}
