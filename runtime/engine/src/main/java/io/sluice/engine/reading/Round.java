package io.sluice.engine.reading;

import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.source.ResumePoint;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * Partitions that a shared reading is about to read, and what the flows that share it answer to the
 * question where they go on there. Guarded by the reading's lock.
 */
final class Round {
  private final List<Partition> partitions;
  private final CompletableFuture<Map<Partition, ResumePoint>> answer = new CompletableFuture<>();
  private final Map<SharedSource, Map<Partition, Origin>> answers = new LinkedHashMap<>();

  Round(List<Partition> partitions) {
    this.partitions = partitions;
  }

  List<Partition> partitions() {
    return partitions;
  }

  /** What the source is told. */
  CompletableFuture<Map<Partition, ResumePoint>> answer() {
    return answer;
  }

  /** By those who have answered: their places, without partitions that they do not know. */
  Map<SharedSource, Map<Partition, Origin>> answers() {
    return answers;
  }

  /** The places that most of the flows share; empty if there are none. */
  Optional<Map<Partition, Origin>> favourite(Predicate<SharedSource> voters) {
    Map<Map<Partition, Origin>, Integer> votes = new LinkedHashMap<>();
    answers.forEach(
        (member, places) -> {
          if (voters.test(member)) {
            votes.merge(places, 1, Integer::sum);
          }
        });
    return votes.entrySet().stream()
        .reduce((most, other) -> other.getValue() > most.getValue() ? other : most)
        .map(Map.Entry::getKey);
  }

  /** Tells the source where to begin. */
  void conclude(Map<Partition, Origin> places) {
    Map<Partition, ResumePoint> points = new HashMap<>();
    places.forEach((partition, place) -> points.put(partition, place.point()));
    answer.complete(points);
  }
}
