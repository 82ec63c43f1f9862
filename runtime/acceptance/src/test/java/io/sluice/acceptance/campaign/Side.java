package io.sluice.acceptance.campaign;

import io.sluice.testkit.ReleasedServers;
import io.sluice.testkit.proxy.FaultProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** One of the two instances, and the proxy by which the runtime reaches it. */
record Side(ReleasedServers servers, FaultProxy proxy) implements AutoCloseable {
  /** Small files, so that expired messages are a matter of megabytes. */
  private static final int COMMIT_LOG_FILE = 4 << 20;

  private static final String VERSION = "5.5.0";

  static Side start(String name, Path folder) {
    ReleasedServers servers =
        ReleasedServers.start(
            VERSION,
            name,
            folder.resolve(name),
            Map.of("mappedFileSizeCommitLog", Integer.toString(COMMIT_LOG_FILE)));
    return new Side(servers, FaultProxy.before(servers.nameServer()));
  }

  /** Ends what faults have left behind. */
  void heal() {
    proxy.latency(Duration.ZERO);
    proxy.unlimitedBandwidth();
    proxy.heal();
  }

  @Override
  public void close() {
    proxy.close();
    servers.close();
  }
}
