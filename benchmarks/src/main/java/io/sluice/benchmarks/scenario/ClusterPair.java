package io.sluice.benchmarks.scenario;

import io.sluice.benchmarks.copier.Copy;
import io.sluice.testkit.Lifetime;
import io.sluice.testkit.ReleasedServers;
import io.sluice.testkit.proxy.FaultProxy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A source and a target, each a name server and a broker of 5.5.0 in JVMs of their own, and a road
 * to the target that can be long. Closing removes their files.
 */
final class ClusterPair implements AutoCloseable {
  private static final String VERSION = "5.5.0";
  private static final Map<String, String> BROKER =
      Map.of("mappedFileSizeCommitLog", Integer.toString(256 << 20));

  private final ReleasedServers source;
  private final ReleasedServers target;
  private final FaultProxy road;
  private final WorkFolder folder;
  private int copies;

  private ClusterPair(ReleasedServers source, ReleasedServers target, WorkFolder folder) {
    this.source = source;
    this.target = target;
    this.folder = folder;
    road = FaultProxy.before(target.nameServer());
  }

  /**
   * @param parent of their folder
   */
  static ClusterPair start(Path parent) throws IOException {
    WorkFolder folder = WorkFolder.in(parent, "clusters");
    CompletableFuture<ReleasedServers> source =
        CompletableFuture.supplyAsync(() -> start("source", folder.path()));
    ReleasedServers target = start("target", folder.path());
    return new ClusterPair(source.join(), target, folder);
  }

  private static ReleasedServers start(String name, Path folder) {
    return ReleasedServers.start(VERSION, name, folder.resolve(name), BROKER, Lifetime.LONG);
  }

  ReleasedServers source() {
    return source;
  }

  ReleasedServers target() {
    return target;
  }

  /** A new folder for a copier. */
  Path newFolder() throws IOException {
    return WorkFolder.in(folder.path(), "copier").path();
  }

  /**
   * Creates an empty topic at the target, to be filled from a topic of the source.
   *
   * @param roundTripMillis between the copier and the target; 0 for no proxy in between
   */
  Copy newCopy(String topic, int queues, int roundTripMillis) {
    String targetTopic = "%s_copy_%d".formatted(topic, ++copies);
    target.createTopic(targetTopic, queues);
    if (roundTripMillis == 0) {
      return new Copy(source.nameServer(), target.nameServer(), topic, targetTopic);
    }
    road.latency(Duration.ofMillis(roundTripMillis).dividedBy(2));
    return new Copy(source.nameServer(), road.nameServer(), topic, targetTopic);
  }

  @Override
  public void close() throws IOException {
    road.close();
    source.close();
    target.close();
    folder.close();
  }
}
