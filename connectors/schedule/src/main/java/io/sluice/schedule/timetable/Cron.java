package io.sluice.schedule.timetable;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Date;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.quartz.CronExpression;

/**
 * Due at the times of a cron expression in a time zone.
 *
 * <p>Quartz finds the local times, as if there were no daylight saving; here they are put into the
 * zone. An expression that is for every hour follows the time that passes: where clocks are put
 * back, the hour that comes twice has its times twice. Any other has each local time once: at its
 * first occurrence where it comes twice, and later by as much as clocks are put forward where it is
 * left out.
 */
final class Cron implements Timetable {
  private static final Set<String> EVERY_HOUR = Set.of("*", "*/1", "0/1", "0-23");
  private static final int HOURS = 2;

  private final CronExpression local;
  private final ZoneRules rules;
  private final boolean everyHour;

  /**
   * @param local in UTC
   */
  Cron(CronExpression local, ZoneId zone) {
    this.local = local;
    this.rules = zone.getRules();
    this.everyHour = EVERY_HOUR.contains(local.getCronExpression().split("\\s+")[HOURS]);
  }

  @Override
  public OptionalLong dueFrom(long second) {
    long from = second;
    while (true) {
      Stretch stretch = new Stretch(Instant.ofEpochSecond(from));
      Optional<Instant> due = stretch.dueFrom(from);
      if (due.isPresent()) {
        return OptionalLong.of(due.get().getEpochSecond());
      }
      if (stretch.end.isEmpty() || stretch.localFrom(from).isEmpty()) {
        return OptionalLong.empty();
      }
      from = stretch.end.get().toEpochSecond();
    }
  }

  /** The first local time of the expression at or after one. */
  private Optional<LocalDateTime> next(LocalDateTime from) {
    // Quartz answers what is strictly later.
    Date before = Date.from(from.minusSeconds(1).toInstant(ZoneOffset.UTC));
    return Optional.ofNullable(local.getTimeAfter(before))
        .map(date -> LocalDateTime.ofInstant(date.toInstant(), ZoneOffset.UTC));
  }

  /** The time between two changes of the clocks. */
  private final class Stretch {
    private final ZoneOffset offset;
    private final Optional<ZoneOffsetTransition> begin;
    private final Optional<ZoneOffsetTransition> end;

    private Stretch(Instant within) {
      this.offset = rules.getOffset(within);
      // The transition at this very second counts as the one before.
      this.begin = Optional.ofNullable(rules.previousTransition(within.plusSeconds(1)));
      this.end = Optional.ofNullable(rules.nextTransition(within));
    }

    Optional<Instant> dueFrom(long second) {
      Optional<Instant> regular = localFrom(second).map(time -> time.toInstant(offset));
      return Stream.concat(regular.stream(), leftOut(second).stream())
          .sorted()
          .findFirst()
          .filter(due -> end.isEmpty() || due.isBefore(end.get().getInstant()));
    }

    /** The first local time that is the stretch's own, whether it lies within or behind it. */
    Optional<LocalDateTime> localFrom(long second) {
      LocalDateTime from = LocalDateTime.ofEpochSecond(second, 0, offset);
      Optional<LocalDateTime> repeatedUntil =
          begin
              .filter(change -> change.isOverlap() && !everyHour)
              .map(ZoneOffsetTransition::getDateTimeBefore);
      return next(repeatedUntil.filter(from::isBefore).orElse(from));
    }

    /** The first local time that was left out before the stretch, and is made up for in it. */
    private Optional<Instant> leftOut(long second) {
      return begin
          .filter(change -> change.isGap() && !everyHour)
          .flatMap(
              change -> {
                ZoneOffset earlier = change.getOffsetBefore();
                LocalDateTime from = LocalDateTime.ofEpochSecond(second, 0, earlier);
                return next(from)
                    .filter(time -> time.isBefore(change.getDateTimeAfter()))
                    .map(time -> time.toInstant(earlier));
              });
    }
  }
}
