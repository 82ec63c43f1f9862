package io.sluice.engine.reading;

import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.source.Landmark;
import io.sluice.sdk.source.PartitionProgress;
import io.sluice.sdk.source.ResumePoint;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The partitions of a flow that shares a reading. Guarded by the reading's lock. */
final class Seats {
  private final String ending;
  private final Map<String, Seat> seats = new LinkedHashMap<>();

  /**
   * @param flow ends the names of its partitions
   */
  Seats(String flow) {
    this.ending = "/" + flow;
  }

  /** As the flow calls a partition of the shared reading. */
  Partition own(Partition shared) {
    return new Partition(shared.name() + ending, shared.lane());
  }

  private static Partition shared(Partition own, String ending) {
    String name = own.name();
    return new Partition(name.substring(0, name.length() - ending.length()), own.lane());
  }

  /** Whether the flow has been asked about a partition of the shared reading. */
  boolean knows(Partition shared) {
    return seats.containsKey(shared.name() + ending);
  }

  /** By a partition of the shared reading that is known. */
  Seat of(Partition shared) {
    return seats.get(shared.name() + ending);
  }

  /** By a partition as the flow calls it. */
  Optional<Seat> find(Partition own) {
    return Optional.ofNullable(seats.get(own.name()));
  }

  Collection<Seat> all() {
    return seats.values();
  }

  /** Whether something is offered and not done, or waits to be offered. */
  boolean areBusy() {
    return seats.values().stream().anyMatch(Seat::isBusy);
  }

  /** The flow has been asked about partitions, and has said where it goes on in some of them. */
  void take(Collection<Partition> own, Map<Partition, ResumePoint> points) {
    for (Partition partition : own) {
      Seat seat =
          seats.computeIfAbsent(
              partition.name(), name -> new Seat(shared(partition, ending), partition));
      Optional.ofNullable(points.get(partition)).ifPresent(seat::begin);
    }
  }

  /** Whether everything that the flow has not been offered is in a window, or is yet to come. */
  boolean areCoveredBy(Window window) {
    return haveBegun(window)
        && window.tracks().stream().allMatch(track -> track.covers(of(track.partition()).next()));
  }

  /** Whether it is known of every partition of a window where the flow stands. */
  boolean haveBegun(Window window) {
    return !window.tracks().isEmpty()
        && seats.size() == window.tracks().size()
        && window.tracks().stream()
            .allMatch(track -> knows(track.partition()) && of(track.partition()).hasBegun());
  }

  /**
   * Whether the flow stands at, or right behind, what is in a window, in the very partitions that
   * are read there.
   *
   * @param places where it stands
   * @param standing where the source of the shared reading stands
   */
  boolean areNear(Window window, Map<Partition, Origin> places, Map<Partition, Origin> standing) {
    return areCoveredBy(window)
        && window.tracks().stream()
            .allMatch(
                track ->
                    of(track.partition()).seen().map(track::holds).orElse(false)
                        || track.stoodAt(
                            Optional.of(places.get(track.partition())),
                            Optional.ofNullable(standing.get(track.partition()))));
  }

  /** Where the flow stands in the partitions of a window, by what its own source knows of it. */
  Map<Partition, Origin> places(Window window, List<PartitionProgress> progress) {
    Map<String, PartitionProgress> readers = byName(progress);
    Map<Partition, Origin> places = new HashMap<>();
    for (Track track : window.tracks()) {
      Seat seat = of(track.partition());
      places.put(
          track.partition(), seat.place(Optional.ofNullable(readers.get(seat.partition().name()))));
    }
    return places;
  }

  /** The flow takes part from where it stands; what is in the window has still to be offered. */
  void attach(Window window, SharedSource member) {
    for (Seat seat : seats.values()) {
      Track track = window.track(seat.shared());
      if (!seat.hasBegun() && track.hasBegun()) {
        seat.begin(new ResumePoint(track.start(), Optional.empty()));
      }
      seat.forgetSeen();
      long counts = track.records();
      if (seat.hasBegun()) {
        for (Entry entry : track.entries()) {
          if (seat.next().isBefore(entry.batch().next())) {
            counts = seat.pending().isEmpty() ? entry.recordsBefore() : counts;
            Position first = entry.batch().first();
            Position from = seat.next().isBefore(first) ? first : seat.next();
            seat.pending().add(new Pending(entry, Optional.empty(), from));
            entry.waiting().add(member);
          }
        }
      }
      seat.count(counts - seat.counted());
    }
  }

  /** The flow takes part no more, and stands where that leaves it. */
  void detach(Window window, Map<Partition, Origin> standing, SharedSource member) {
    for (Seat seat : seats.values()) {
      Track track = window.track(seat.shared());
      if (seat.hasBegun() && track.hasBegun()) {
        Pending head = seat.pending().peek();
        Optional<Landmark> before =
            head == null
                ? Optional.ofNullable(standing.get(track.partition())).flatMap(Origin::landmark)
                : head.entry().before();
        seat.pending().forEach(waiting -> waiting.entry().waiting().remove(member));
        seat.skipTo(head == null ? track.end() : head.from(), before);
        seat.pending().clear();
      }
      seat.count(-seat.counted());
    }
  }

  /** Records that did not pass, of what the flow has come through since it takes part. */
  long passed(Window window) {
    long all = 0;
    for (Seat seat : seats.values()) {
      Pending head = seat.pending().peek();
      long through =
          head == null ? window.track(seat.shared()).records() : head.entry().recordsBefore();
      all += through - seat.counted();
    }
    return all;
  }

  /** Where a flow stands that takes part. */
  List<PartitionProgress> progress(SharedReading reading) {
    Map<String, PartitionProgress> readers = byName(reading.progress());
    Map<Partition, Origin> marks = reading.marks();
    return begun().stream()
        .map(
            seat -> {
              Track track = reading.window().track(seat.shared());
              return seat.progress(
                  track,
                  Optional.ofNullable(marks.get(track.partition())),
                  Optional.ofNullable(readers.get(seat.shared().name())));
            })
        .toList();
  }

  /** Where a flow stands that does not read, and how far that is behind the shared reading. */
  List<PartitionProgress> progressApart(SharedReading reading) {
    Map<String, PartitionProgress> readers = byName(reading.progress());
    return begun().stream()
        .map(seat -> seat.progressApart(Optional.ofNullable(readers.get(seat.shared().name()))))
        .toList();
  }

  /** Where a flow stands that reads for itself. */
  List<PartitionProgress> progress(OwnReading own) {
    Map<String, PartitionProgress> readers = byName(own.source().progress());
    return begun().stream()
        .map(seat -> seat.progress(Optional.ofNullable(readers.get(seat.partition().name()))))
        .toList();
  }

  private List<Seat> begun() {
    return seats.values().stream().filter(Seat::hasBegun).toList();
  }

  private static Map<String, PartitionProgress> byName(List<PartitionProgress> progress) {
    Map<String, PartitionProgress> found = new HashMap<>();
    progress.forEach(one -> found.put(one.partition().name(), one));
    return found;
  }
}
