package io.sluice.rocketmq.grpc.sink;

import apache.rocketmq.v2.Message;
import apache.rocketmq.v2.SendMessageRequest;
import io.sluice.rocketmq.transcode.RequestSize;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.record.Record;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Cuts a batch into requests, in order: a message with a message group goes alone, as proxies
 * choose the queue by the group of single messages only; others go together. For one thread at a
 * time.
 */
final class MessageRequests {
  private static final int MOST = 1_024;

  private final Iterator<Record> records;
  private final MessageEncoder encoder;
  private final RequestSize size;
  private Optional<Encoded> next;
  private Optional<Unfit> unfit = Optional.empty();
  private long echoes;

  /**
   * @param size how large requests get; one message may be larger
   */
  MessageRequests(Batch batch, MessageEncoder encoder, RequestSize size) {
    this.records = batch.records().iterator();
    this.encoder = encoder;
    this.size = size;
    this.next = read();
  }

  private record Encoded(Message message, Position position) {
    boolean isOrdered() {
      return message.getSystemProperties().hasMessageGroup();
    }
  }

  /**
   * Some messages that are stored together or not at all.
   *
   * @param positions of each
   */
  record Request(SendMessageRequest messages, List<Position> positions) {}

  /** Records so far that have been in the topic before, and are not sent. */
  long echoes() {
    return echoes;
  }

  /** The next request; empty at the end. */
  Optional<Request> take() {
    if (next.isEmpty()) {
      return Optional.empty();
    }
    boolean alone = next.get().isOrdered();
    List<Position> positions = new ArrayList<>();
    SendMessageRequest.Builder request = SendMessageRequest.newBuilder();
    long bytes = 0;
    do {
      Message message = next.get().message();
      request.addMessages(message);
      positions.add(next.get().position());
      bytes += message.getSerializedSize();
      next = read();
    } while (!alone
        && next.isPresent()
        && !next.get().isOrdered()
        && request.getMessagesCount() < MOST
        && bytes + next.get().message().getSerializedSize() <= size.bytes());
    return Optional.of(new Request(request.build(), positions));
  }

  /** The record behind the last request, if that is one of which no message can be made. */
  Optional<Unfit> unfit() {
    return unfit;
  }

  /** A record of which no message can be made. */
  record Unfit(Position position, SluiceException reason) {}

  private Optional<Encoded> read() {
    while (records.hasNext()) {
      Record record = records.next();
      Position position = record.position();
      Optional<Message> message;
      try {
        message = encoder.encode(record);
      } catch (SluiceException reason) {
        unfit = Optional.of(new Unfit(position, reason));
        return Optional.empty();
      }
      if (message.isPresent()) {
        return Optional.of(new Encoded(message.get(), position));
      }
      echoes++;
    }
    return Optional.empty();
  }
}
