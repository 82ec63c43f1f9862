package io.sluice.flows.check;

import io.sluice.flows.FlowError;
import io.sluice.flows.binding.BoundFlow;
import io.sluice.flows.binding.BoundFlow.Side;
import io.sluice.flows.binding.Mention;
import io.sluice.flows.finding.Findings;
import io.sluice.sdk.connector.SinkDescription;
import io.sluice.sdk.error.Location.InFile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * No flow feeds itself, alone or through others, unless every sink on the way round leaves out what
 * has been there before: a record would go round for ever. Where a pattern may stop it, this is a
 * warning.
 */
public final class LoopCheck {
  private final Findings findings;

  public LoopCheck(Findings findings) {
    this.findings = findings;
  }

  public void check(List<BoundFlow> flows) {
    List<BoundFlow> between = new ArrayList<>();
    Set<Set<BoundFlow>> reported = new HashSet<>();
    for (BoundFlow flow : flows) {
      Optional<TopicOfInstance> from = topic(flow.source());
      Optional<TopicOfInstance> to = topic(flow.sink());
      if (from.isPresent() && from.equals(to)) {
        findings.error(
            FlowError.SAME_TOPIC,
            flow.sink().topic().place(),
            "flow '"
                + flow.name().shown()
                + "' reads and writes topic '"
                + flow.sink().topic().shown()
                + "' of the same instance",
            FlowError.SAME_TOPIC.remedy());
      } else if (from.isPresent() && from.equals(flow.deadLetters().flatMap(LoopCheck::topic))) {
        Mention queue = flow.deadLetters().orElseThrow().topic();
        findings.error(
            FlowError.SAME_TOPIC,
            queue.place(),
            "flow '"
                + flow.name().shown()
                + "' reads topic '"
                + queue.shown()
                + "', which is its dead-letter queue too",
            "Choose another topic for dead letters; each would come back for ever.");
      } else if (from.isPresent() && to.isPresent()) {
        List<BoundFlow> way = shortestWay(between, to.get(), from.get());
        between.add(flow);
        if (!way.isEmpty()) {
          way.add(flow);
          if (!isCut(way) && reported.add(new HashSet<>(way))) {
            report(way);
          }
        }
      }
    }
  }

  /** A record is recognised only where every flow on its way round has marked it. */
  private static boolean isCut(List<BoundFlow> loop) {
    return loop.stream().allMatch(flow -> flow.flow().sink().describe().cutsLoops());
  }

  /** The flows that lead from one topic to another; empty if there is no way. */
  private static List<BoundFlow> shortestWay(
      List<BoundFlow> flows, TopicOfInstance from, TopicOfInstance to) {
    Map<TopicOfInstance, List<BoundFlow>> ways = new HashMap<>();
    ArrayDeque<TopicOfInstance> next = new ArrayDeque<>();
    ways.put(from, List.of());
    next.add(from);
    while (!next.isEmpty()) {
      TopicOfInstance here = next.remove();
      for (BoundFlow flow : flows) {
        TopicOfInstance there = topic(flow.sink()).orElseThrow();
        if (here.covers(topic(flow.source()).orElseThrow()) && !ways.containsKey(there)) {
          List<BoundFlow> way = new ArrayList<>(ways.get(here));
          way.add(flow);
          if (there.covers(to)) {
            return way;
          }
          ways.put(there, way);
          next.add(there);
        }
      }
    }
    return new ArrayList<>();
  }

  /**
   * @param loop in the order of the way round; the last one closes it
   */
  private void report(List<BoundFlow> loop) {
    String names =
        Stream.concat(loop.stream(), Stream.of(loop.get(0)))
            .map(flow -> "'" + flow.name().shown() + "'")
            .collect(Collectors.joining(" → "));
    String message = "a loop: " + names + "; every message would go round for ever";
    InFile place = loop.get(loop.size() - 1).sink().topic().place();
    if (loop.stream().anyMatch(LoopCheck::mayStop)) {
      findings.warning(
          FlowError.LOOP,
          place,
          message + " unless a filterPattern stops it",
          "Make sure that a pattern drops every message that came round.");
    } else {
      findings.error(FlowError.LOOP, place, message, FlowError.LOOP.remedy());
    }
  }

  private static boolean mayStop(BoundFlow flow) {
    return flow.logic().pattern().isPresent()
        || flow.sink().topic().value().equals(SinkDescription.EACH_ITS_OWN);
  }

  private static Optional<TopicOfInstance> topic(Side side) {
    return side.instance()
        .map(instance -> new TopicOfInstance(instance.value(), side.topic().value()));
  }

  private record TopicOfInstance(String instance, String topic) {

    /** Whether what goes here may be in another topic. */
    boolean covers(TopicOfInstance other) {
      return equals(other)
          || topic.equals(SinkDescription.EACH_ITS_OWN) && instance.equals(other.instance);
    }
  }
}
