package io.sluice.rocketmq.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Map;

/**
 * Notes by its address why a server ends a connection whose handshake seemed to be done: in TLS 1.3
 * it looks at the client's certificate only then. For the connection's I/O thread.
 */
final class Alerts extends ChannelInboundHandlerAdapter {
  private final String address;
  private final Map<String, TransportFault> faults;

  Alerts(String address, Map<String, TransportFault> faults) {
    this.address = address;
    this.faults = faults;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
    HandshakeFaults.alert(failure, address).ifPresent(fault -> faults.putIfAbsent(address, fault));
    context.fireExceptionCaught(failure);
  }
}
