package io.sluice.testkit.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import java.util.HashSet;
import java.util.Set;
import org.apache.rocketmq.remoting.exception.RemotingCommandException;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RequestCode;

/**
 * Watches a connection to a name server: remembers which requests ask for routes, and rewrites
 * their answers. All else passes as it is.
 *
 * <p>A frame is its length without itself (4 bytes), the length of the header with its format in
 * the high byte (4 bytes), the header, and the body: RemotingCommand of RocketMQ.
 */
final class NameServerFrames {
  private static final int LARGEST = 16 << 20;
  private static final int LENGTH = 4;
  private static final int HEADER_LENGTH_MASK = 0xFFFFFF;
  private static final Set<Integer> ROUTES =
      Set.of(RequestCode.GET_ROUTEINFO_BY_TOPIC, RequestCode.GET_BROKER_CLUSTER_INFO);

  private final RouteAnswers answers;
  private final Set<Integer> asked = new HashSet<>();

  private NameServerFrames(RouteAnswers answers) {
    this.answers = answers;
  }

  /** Watches these two, before anything else reads from them. */
  static void watch(Channel client, Channel server, RouteAnswers answers) {
    NameServerFrames frames = new NameServerFrames(answers);
    client.pipeline().addLast(wholeFrames(), frames.requests());
    server.pipeline().addLast(wholeFrames(), frames.answers());
  }

  private static LengthFieldBasedFrameDecoder wholeFrames() {
    return new LengthFieldBasedFrameDecoder(LARGEST, 0, LENGTH);
  }

  private ChannelInboundHandlerAdapter requests() {
    return new ChannelInboundHandlerAdapter() {
      @Override
      public void channelRead(ChannelHandlerContext context, Object frame)
          throws RemotingCommandException {
        RemotingCommand request = decode((ByteBuf) frame);
        if (ROUTES.contains(request.getCode())) {
          asked.add(request.getOpaque());
        }
        context.fireChannelRead(frame);
      }
    };
  }

  private ChannelInboundHandlerAdapter answers() {
    return new ChannelInboundHandlerAdapter() {
      @Override
      public void channelRead(ChannelHandlerContext context, Object message)
          throws RemotingCommandException {
        ByteBuf frame = (ByteBuf) message;
        RemotingCommand answer = decode(frame);
        boolean isRoute = asked.remove(answer.getOpaque()) && answer.getBody() != null;
        context.fireChannelRead(isRoute ? rewritten(frame, answer.getBody()) : frame);
      }
    };
  }

  private static RemotingCommand decode(ByteBuf frame) throws RemotingCommandException {
    return RemotingCommand.decode(
        frame.slice(frame.readerIndex() + LENGTH, frame.readableBytes() - LENGTH));
  }

  private ByteBuf rewritten(ByteBuf frame, byte[] body) {
    byte[] replaced = answers.rewrite(body);
    int header = frame.getInt(frame.readerIndex() + LENGTH) & HEADER_LENGTH_MASK;
    ByteBuf result = frame.alloc().buffer(LENGTH + LENGTH + header + replaced.length);
    result.writeInt(LENGTH + header + replaced.length);
    result.writeBytes(frame, frame.readerIndex() + LENGTH, LENGTH + header);
    result.writeBytes(replaced);
    frame.release();
    return result;
  }
}
