package io.sluice.rocketmq.diagnosis;

import io.sluice.rocketmq.client.ClientPool;
import io.sluice.rocketmq.client.Pool;
import io.sluice.rocketmq.grpc.ProxyClient;
import io.sluice.rocketmq.grpc.ProxyPool;
import io.sluice.rocketmq.source.GroupAtBroker;
import io.sluice.sdk.diagnosis.CheckResult;
import io.sluice.sdk.diagnosis.Examiner;
import io.sluice.sdk.diagnosis.Need;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.instance.Protocol;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Examines what flows need of an instance, by the protocol that they speak with it. */
public final class InstanceExaminer implements Examiner {
  private static final Logger log = LoggerFactory.getLogger(InstanceExaminer.class);

  private static final CheckList REMOTING =
      new CheckList(
          List.of(
              new NameCheck(Place.NAME_SERVERS),
              new PortCheck(Place.NAME_SERVERS, NameCheck.NAME),
              new AccessCheck(Place.NAME_SERVERS),
              new CertificateCheck(Place.NAME_SERVERS),
              new RouteCheck(),
              new BrokerAddressCheck(),
              new PortCheck(Place.BROKERS, BrokerAddressCheck.NAME),
              new AccessCheck(Place.BROKERS),
              new CertificateCheck(Place.BROKERS),
              new CredentialsCheck(),
              new TopicCheck(),
              new GroupCheck(),
              new MessageTypeCheck(),
              new ClockCheck(),
              new SqlFilterCheck(),
              new VersionCheck()));

  private static final CheckList GRPC =
      new CheckList(
          List.of(
              new NameCheck(Place.PROXIES),
              new PortCheck(Place.PROXIES, NameCheck.NAME),
              new AccessCheck(Place.PROXIES),
              new CertificateCheck(Place.PROXIES),
              new ProxyCredentialsCheck(),
              new ProxyRouteCheck(),
              new ProxyTopicCheck(),
              new ProxyGroupCheck(),
              new ProxyTypeCheck(),
              new ProxyClockCheck(),
              new ProxyVersionCheck()));

  @Override
  public List<String> checks() {
    return Stream.concat(REMOTING.names(), GRPC.names()).distinct().toList();
  }

  @Override
  public List<CheckResult> examine(Instance instance, Set<Need> needs, Clock clock) {
    if (instance.protocol() == Protocol.REMOTING) {
      return byRemoting(instance, needs, clock);
    }
    // Sources set the positions of their groups by remoting where they know name servers.
    Set<Need.Reading> readings =
        instance.nameServers().isEmpty()
            ? Set.of()
            : needs.stream()
                .filter(Need.Reading.class::isInstance)
                .map(Need.Reading.class::cast)
                .collect(Collectors.toSet());
    if (!readings.isEmpty()) {
      makeGroupsKnown(instance, readings);
    }
    List<CheckResult> results = new ArrayList<>(byGrpc(instance, needs, clock));
    if (!readings.isEmpty()) {
      results.addAll(byRemoting(instance, Set.copyOf(readings), clock));
    }
    return results;
  }

  /**
   * The checks ask proxies for groups, for which brokers make those that are missing, without
   * order. The flows would have them in order, so that they are made as the flows make them.
   */
  private static void makeGroupsKnown(Instance instance, Set<Need.Reading> readings) {
    try (ClientPool.Lease lease = new ClientPool().lease(instance, ClientPool.Side.SOURCE)) {
      for (Need.Reading reading : readings) {
        reading
            .group()
            .ifPresent(
                group ->
                    Examination.await(
                        GroupAtBroker.beKnownWhereItReads(lease.client(), reading.topic(), group)));
      }
    } catch (SluiceException failure) {
      log.debug("groups of {} are left to the proxies: {}", instance.name(), failure.toString());
    }
  }

  // Connections of its own: what flows have open would hide what keeps new ones from opening.

  private static List<CheckResult> byRemoting(Instance instance, Set<Need> needs, Clock clock) {
    try (ClientPool.Lease lease = new ClientPool().lease(instance, ClientPool.Side.SOURCE)) {
      return REMOTING.make(new Examination(lease.client(), needs, clock));
    }
  }

  private static List<CheckResult> byGrpc(Instance instance, Set<Need> needs, Clock clock) {
    try (ClientPool.Lease lease = new ClientPool().lease(instance, ClientPool.Side.SOURCE);
        Pool<ProxyClient>.Lease proxies = new ProxyPool().lease(instance, ProxyPool.Side.SOURCE)) {
      return GRPC.make(new Examination(lease.client(), proxies.client(), needs, clock));
    }
  }
}
