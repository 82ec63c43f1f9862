package io.sluice.rocketmq.transport;

import io.grpc.netty.InternalProtocolNegotiator;
import io.grpc.netty.InternalProtocolNegotiators;
import io.netty.channel.ChannelHandler;
import io.netty.util.AsciiString;

/**
 * Tells gRPC that its connections are secured already, by a TLS handler that stands between it and
 * the network: it says {@code https} and begins at once. gRPC's own TLS takes its settings when a
 * channel is made, and cannot do without the check of host names.
 */
final class SecuredBelow implements InternalProtocolNegotiator.ClientFactory {
  private static final int HTTPS_PORT = 443;
  private static final AsciiString HTTPS = AsciiString.of("https");

  @Override
  public InternalProtocolNegotiator.ProtocolNegotiator newNegotiator() {
    return new Negotiator(InternalProtocolNegotiators.plaintext());
  }

  @Override
  public int getDefaultPort() {
    return HTTPS_PORT;
  }

  private record Negotiator(InternalProtocolNegotiator.ProtocolNegotiator bare)
      implements InternalProtocolNegotiator.ProtocolNegotiator {
    @Override
    public AsciiString scheme() {
      return HTTPS;
    }

    @Override
    public ChannelHandler newHandler(io.grpc.netty.GrpcHttp2ConnectionHandler handler) {
      return bare.newHandler(handler);
    }

    @Override
    public void close() {
      bare.close();
    }
  }
}
