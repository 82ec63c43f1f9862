package io.sluice.benchmarks.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How a topic grew while a copier filled it. Rates are taken between a tenth and nine tenths of the
 * messages: neither starting nor the last stragglers count. For one thread.
 */
public final class Growth {
  private static final double BEGIN = 0.1;
  private static final double END = 0.9;

  private final List<Point> points = new ArrayList<>();

  /**
   * A look at the topic and the copier.
   *
   * @param nanos when, on the clock of {@link System#nanoTime}
   * @param messages in the topic
   * @param cpu that the copier has used
   */
  public record Point(long nanos, double messages, Duration cpu) {

    /** Where a straight line to a later point has so many messages. */
    private Point towards(Point later, double wanted) {
      double part = (wanted - messages) / (later.messages - messages);
      long cpuNanos = (long) (part * later.cpu.minus(cpu).toNanos());
      return new Point(
          nanos + (long) (part * (later.nanos - nanos)), wanted, cpu.plusNanos(cpuNanos));
    }
  }

  /**
   * Between a tenth and nine tenths.
   *
   * @param cpuMicros processor time of the copier for each message
   */
  public record Rate(double messagesPerSecond, double cpuMicros) {}

  /** Adds a look, later than those before. */
  public void add(Point point) {
    points.add(point);
  }

  /** Messages at the last look. */
  public long messages() {
    return points.isEmpty() ? 0 : (long) points.get(points.size() - 1).messages();
  }

  /**
   * @throws IllegalStateException if the topic did not grow
   */
  public Rate rate() {
    Point begin = at(messages() * BEGIN);
    Point end = at(messages() * END);
    double messages = end.messages() - begin.messages();
    if (messages <= 0) {
      throw new IllegalStateException("Nothing was copied.");
    }
    return new Rate(
        messages / (end.nanos() - begin.nanos()) * Duration.ofSeconds(1).toNanos(),
        end.cpu().minus(begin.cpu()).toNanos() / 1_000.0 / messages);
  }

  private Point at(double messages) {
    for (int i = 1; i < points.size(); i++) {
      if (points.get(i).messages() >= messages && messages > points.get(i - 1).messages()) {
        return points.get(i - 1).towards(points.get(i), messages);
      }
    }
    return points.get(0);
  }
}
