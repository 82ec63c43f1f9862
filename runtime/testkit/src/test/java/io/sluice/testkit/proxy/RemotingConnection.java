package io.sluice.testkit.proxy;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.apache.rocketmq.remoting.exception.RemotingCommandException;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;

/** One TCP connection to a RocketMQ server that shows what arrives, byte by byte. Blocking. */
final class RemotingConnection implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(300);

  private final Socket socket = new Socket();
  private final DataInputStream input;

  RemotingConnection(String address) throws IOException {
    String[] parts = address.split(":");
    socket.connect(new InetSocketAddress(parts[0], Integer.parseInt(parts[1])));
    socket.setSoTimeout((int) PATIENCE.toMillis());
    input = new DataInputStream(socket.getInputStream());
  }

  RemotingCommand call(RemotingCommand request) throws IOException, RemotingCommandException {
    send(request);
    return receive();
  }

  void send(RemotingCommand request) throws IOException {
    ByteBuffer frame = request.encode();
    socket.getOutputStream().write(frame.array(), 0, frame.remaining());
  }

  RemotingCommand receive() throws IOException, RemotingCommandException {
    byte[] frame = new byte[input.readInt()];
    input.readFully(frame);
    return RemotingCommand.decode(frame);
  }

  /** Whether nothing comes for a short while, not even the end. */
  boolean isSilent() throws IOException {
    socket.setSoTimeout((int) SHORT.toMillis());
    try {
      input.read();
      return false;
    } catch (SocketTimeoutException silence) {
      return true;
    } finally {
      socket.setSoTimeout((int) PATIENCE.toMillis());
    }
  }

  /** All that comes until the end of the connection. */
  byte[] rest() throws IOException {
    return input.readAllBytes();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
