package io.sluice.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which servers a {@link ReleasedCluster} has. Immutable.
 *
 * @param name of the cluster
 * @param controller who elects the masters
 */
public record ClusterPlan(
    String version,
    String name,
    Path directory,
    int nameServers,
    List<Member> brokers,
    ServerController controller) {

  /**
   * One broker.
   *
   * @param label names it among those of the cluster
   * @param broker name that it shares with its slaves or its master
   */
  record Member(String label, String broker, Map<String, String> properties) {
    static Member master(String broker, Map<String, String> properties) {
      return new Member(broker, broker, properties);
    }
  }

  static ClusterPlan of(String version, String name, Path directory) {
    return new ClusterPlan(version, name, directory, 1, List.of(), ServerController.none());
  }

  /** The same with more name servers. */
  public ClusterPlan nameServers(int count) {
    return new ClusterPlan(version, name, directory, count, brokers, controller);
  }

  /** The same with one more master. */
  public ClusterPlan master(String broker, Map<String, String> properties) {
    return with(Member.master(broker, properties));
  }

  /** The same with one more master as RocketMQ makes it by default. */
  public ClusterPlan master(String broker) {
    return master(broker, Map.of());
  }

  /** The same with a slave of a master that is in it. */
  public ClusterPlan slave(String label, String broker, Map<String, String> properties) {
    Map<String, String> all = new HashMap<>(properties);
    all.put("brokerRole", "SLAVE");
    all.put("brokerId", "1");
    return with(new Member(label, broker, all));
  }

  /** The same with a broker among those of one name of which a 5.x controller makes one master. */
  public ClusterPlan elected(String label, String broker, Map<String, String> properties) {
    ServerController elects =
        controller.isThere() ? controller : ServerController.withinNameServer();
    return new ClusterPlan(version, name, directory, nameServers, brokers, elects)
        .with(new Member(label, broker, properties));
  }

  private ClusterPlan with(Member member) {
    List<Member> more = new ArrayList<>(brokers);
    more.add(member);
    return new ClusterPlan(version, name, directory, nameServers, List.copyOf(more), controller);
  }

  /** Starts all of it. */
  public ReleasedCluster start() {
    return ReleasedCluster.start(this);
  }
}
