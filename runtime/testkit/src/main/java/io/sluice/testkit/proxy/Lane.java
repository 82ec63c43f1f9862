package io.sluice.testkit.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * One direction of a connection: a queue of what is on the way, in the order of its arrival. Only
 * the proxy's loop touches it.
 */
final class Lane {
  private final Link link;
  private final Direction direction;
  private final Channel from;
  private final Channel to;
  private final Queue<Parcel> underWay = new ArrayDeque<>();
  private long held;
  private long allowance;
  private boolean lossy;
  private boolean timed;

  /** Bytes, or the end of the connection, and when they arrive. */
  private record Parcel(ByteBuf bytes, long arrival, boolean isEnd) {}

  Lane(Link link, Direction direction, Channel from, Channel to) {
    this.link = link;
    this.direction = direction;
    this.from = from;
    this.to = to;
    allowance = link.allowance(direction);
  }

  /** Takes bytes from the sender, whose next ones wait when there are too many. */
  void accept(ByteBuf bytes) {
    if (link.loses(direction) || !to.isOpen()) {
      bytes.release();
      lossy = true;
      return;
    }
    long arrival = link.arrival(direction, bytes.readableBytes(), System.nanoTime());
    underWay.add(new Parcel(bytes, arrival, false));
    held += bytes.capacity();
    if (held > link.capacity()) {
      from.config().setAutoRead(false);
    }
  }

  /** Takes notice that the sender has closed; the receiver will, after all that was sent. */
  void end() {
    if (!to.isOpen()) {
      discard();
      return;
    }
    underWay.add(
        new Parcel(Unpooled.EMPTY_BUFFER, link.arrival(direction, 0, System.nanoTime()), true));
    deliver();
  }

  /** Hands over what has arrived, if the receiver takes it. */
  void deliver() {
    if (link.isStalled(direction)) {
      return;
    }
    long now = System.nanoTime();
    while (hasArrived(now) && to.isWritable()) {
      hand(underWay.remove());
    }
    to.flush();
    if (!from.config().isAutoRead() && held < link.capacity() / 2) {
      from.config().setAutoRead(true);
    }
    awaitArrival(now);
  }

  private boolean hasArrived(long now) {
    Parcel first = underWay.peek();
    return first != null && first.arrival() - now <= 0;
  }

  private void hand(Parcel parcel) {
    int size = parcel.bytes().readableBytes();
    held -= parcel.bytes().capacity();
    if (parcel.isEnd()) {
      to.writeAndFlush(parcel.bytes()).addListener(ChannelFutureListener.CLOSE);
    } else if (size < allowance) {
      allowance -= size;
      to.write(parcel.bytes(), to.voidPromise());
    } else {
      ByteBuf rest = parcel.bytes();
      to.writeAndFlush(rest.readRetainedSlice((int) allowance))
          .addListener(ChannelFutureListener.CLOSE);
      rest.release();
      from.close();
      discard();
    }
  }

  private void awaitArrival(long now) {
    Parcel first = underWay.peek();
    if (first == null || timed || first.arrival() - now <= 0) {
      return; // Nothing to wait for, or it is the receiver who will call.
    }
    timed = true;
    to.eventLoop()
        .schedule(
            () -> {
              timed = false;
              deliver();
            },
            first.arrival() - now,
            TimeUnit.NANOSECONDS);
  }

  /** Passes only so many bytes from now on, then closes the connection. */
  void allow(long bytes) {
    allowance = bytes;
  }

  /** Whether bytes were lost, so that what comes next makes no sense to the receiver. */
  boolean isLossy() {
    return lossy;
  }

  /** Forgets what is on the way. */
  void discard() {
    underWay.forEach(parcel -> parcel.bytes().release());
    underWay.clear();
    held = 0;
  }
}
