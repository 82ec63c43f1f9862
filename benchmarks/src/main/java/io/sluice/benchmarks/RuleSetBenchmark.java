package io.sluice.benchmarks;

import io.sluice.flows.pattern.EventPattern;
import io.sluice.flows.pattern.RuleSet;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.record.Record;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Which of many rules an event matches: one does, whatever their number. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
// Compiling 10,000 patterns keeps the JIT compiler busy for seconds after it.
@Warmup(iterations = 4, time = 3)
@Measurement(iterations = 5, time = 1)
public class RuleSetBenchmark {
  /**
   * In turn, and each for another rule if there are that many: more than the processor keeps at
   * hand, so that reading a large structure costs here what it costs elsewhere.
   */
  private static final int EVENTS = 4_096;

  private static final String ON_TAG = "{\"data\":{\"systemProperties\":{\"TAGS\":[%s]}}}";
  private static final String ON_BODY = "{\"data\":{\"body\":{\"order\":{\"kind\":[%s]}}}}";

  /** What the conditions of the rules look at, each rule's with a value of its own. */
  public enum Conditions {
    EXACT_TAG(ON_TAG, "\"kind-%d\""),
    PREFIX_OF_TAG(ON_TAG, "{\"prefix\":\"kind-%d-\"}"),
    EXACT_IN_BODY(ON_BODY, "\"kind-%d\""),
    PREFIX_IN_BODY(ON_BODY, "{\"prefix\":\"kind-%d-\"}");

    private final String pattern;
    private final String condition;

    Conditions(String pattern, String condition) {
      this.pattern = pattern;
      this.condition = condition;
    }

    EventPattern pattern(int rule) {
      return CompiledPattern.of(pattern.formatted(condition.formatted(rule)));
    }

    String value(int rule) {
      boolean prefix = condition.contains("prefix");
      return "kind-" + rule + (prefix ? "-and-more" : "");
    }
  }

  /** How many rules there are. */
  @Param({"1", "100", "10000"})
  public int rules;

  /** What they ask for. */
  @Param public Conditions conditions;

  private final Record[] events = new Record[EVENTS];
  private RuleSet set = RuleSet.of(Map.of(), CompiledPattern.SOURCE);
  private int next;

  /** Compiles the rules, and makes events of which each matches one of them. */
  @Setup
  public void compile() {
    Map<String, Optional<EventPattern>> patterns = new LinkedHashMap<>();
    for (int rule = 0; rule < rules; rule++) {
      patterns.put("rule-" + rule, Optional.of(conditions.pattern(rule)));
    }
    set = RuleSet.of(patterns, CompiledPattern.SOURCE);
    for (int event = 0; event < EVENTS; event++) {
      // A large odd step, so that neighbours are far apart among the rules.
      events[event] = event(conditions.value((int) (event * 7_919L % rules)));
    }
  }

  private static Record event(String kind) {
    String body =
        "{\"order\":{\"id\":4711,\"kind\":\"%s\",\"amount\":150.5,\"currency\":\"EUR\"}}"
            .formatted(kind);
    return DetachedRecord.builder("orders", new Position(0))
        .tag(kind)
        .body(body.getBytes(StandardCharsets.UTF_8))
        .build();
  }

  /** The names of the rules that one event matches. */
  @Benchmark
  public List<String> matching() {
    next = (next + 1) % EVENTS;
    return set.matching(events[next]);
  }
}
