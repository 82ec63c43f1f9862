package io.sluice.engine.route;

import io.sluice.engine.error.EngineError;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.record.Record;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;

/**
 * The Camel context whose routes are the flows. Everything of Camel that costs per exchange or acts
 * on its own is off: delivery, retries and positions are the engine's.
 */
public final class FlowRoutes implements AutoCloseable {
  private static final int SHUTDOWN_SECONDS = 5;

  private final DefaultCamelContext camel = new DefaultCamelContext(false);
  private final FlowComponent sources = new FlowComponent();
  private final FlowComponent sinks = new FlowComponent();

  /** A context that is not started. */
  public FlowRoutes() {
    camel.disableJMX();
    camel.setAutowiredEnabled(false);
    camel.setLoadTypeConverters(false);
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

  /**
   * Starts the context; takes some 100 ms in a young JVM.
   *
   * @throws SluiceException {@code engine.route-failed}
   */
  public void start() {
    try {
      camel.build();
      camel.addComponent(FlowComponent.SOURCE, sources);
      camel.addComponent(FlowComponent.SINK, sinks);
      camel.getShutdownStrategy().setTimeUnit(TimeUnit.SECONDS);
      camel.getShutdownStrategy().setTimeout(SHUTDOWN_SECONDS);
      camel.start();
    } catch (Exception failure) {
      throw failed("Camel did not start: " + failure.getMessage(), Location.NONE, failure);
    }
  }

  /**
   * Sets up and starts the route of a flow, named like the flow.
   *
   * @param rule which records pass; empty when all do
   * @param transform what is written in place of a record; empty when records go as they are.
   *     Without both nothing stands between the two ends.
   * @throws SluiceException {@code engine.route-failed}
   */
  public FlowRoute add(
      String flow,
      Optional<Predicate<Record>> rule,
      Optional<Function<Record, DetachedRecord>> transform) {
    String id = id(flow);
    SourceEndpoint from = new SourceEndpoint(id, sources);
    SinkEndpoint to = new SinkEndpoint(id, sinks);
    try {
      camel.addRoutes(
          new RouteBuilder(camel) {
            @Override
            public void configure() {
              errorHandler(noErrorHandler());
              RouteDefinition route = from(from).routeId(id);
              rule.ifPresent(passes -> route.process(new RuleProcessor(flow, passes)));
              transform.ifPresent(made -> route.process(new TransformProcessor(flow, made)));
              route.to(to);
            }
          });
    } catch (Exception failure) {
      throw failed(
          "Camel did not take the route: " + failure.getMessage(),
          Location.InFlow.of(flow),
          failure);
    }
    return new FlowRoute(from);
  }

  /**
   * Takes the route of a flow away, so that the name is free again. Quick once every batch has left
   * it, a few seconds otherwise.
   *
   * @throws SluiceException {@code engine.route-failed}
   */
  public void remove(String flow) {
    String id = id(flow);
    try {
      camel.getRouteController().stopRoute(id);
      camel.removeRoute(id);
    } catch (Exception failure) {
      throw failed(
          "Camel did not give up the route: " + failure.getMessage(),
          Location.InFlow.of(flow),
          failure);
    }
  }

  /** Camel would take braces and question marks in a name for its own. */
  private static String id(String flow) {
    return URLEncoder.encode(flow, StandardCharsets.UTF_8);
  }

  /** Stops all routes. Quick once every batch has left them, a few seconds otherwise. */
  @Override
  public void close() {
    camel.stop();
  }

  private static SluiceException failed(String message, Location place, Exception cause) {
    return new SluiceException(
        EngineError.ROUTE_FAILED, message, place, EngineError.ROUTE_FAILED.remedy(), cause);
  }
}
