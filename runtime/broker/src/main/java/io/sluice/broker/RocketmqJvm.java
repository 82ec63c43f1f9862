package io.sluice.broker;

import org.apache.rocketmq.common.MQVersion;
import org.apache.rocketmq.remoting.common.TlsMode;
import org.apache.rocketmq.remoting.netty.TlsSystemConfig;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;

/** The settings that RocketMQ keeps once per JVM. */
final class RocketmqJvm {

  private RocketmqJvm() {}

  /** Must run before the first name server or broker is built. Repeating it changes nothing. */
  static void prepare() {
    // Without it every broker registers as version 0, and the name server drops its topics.
    System.setProperty(
        RemotingCommand.REMOTING_VERSION_KEY, Integer.toString(MQVersion.CURRENT_VERSION));
    RocketmqLogs.prepare();
    // Otherwise each server generates a self-signed certificate when it starts.
    TlsSystemConfig.tlsMode = TlsMode.DISABLED;
  }
}
