package io.sluice.rocketmq.transcode;

import java.util.Arrays;

/**
 * Through which topics a record has come that was itself a copy, as its {@link OriginStamp} tells,
 * each as {@code INSTANCE/TOPIC}. Read and handed on as bytes; for one thread.
 */
final class Journey {
  /** Nobody's topology has so many topics; a record that came through more goes in circles. */
  private static final int LONGEST = 32;

  private static final byte SEPARATOR = ',';
  private static final byte PATH = '/';
  private static final byte[] NONE = {};

  private byte[] bytes = NONE;

  /** The topic that the stamped record was copied from: the start of its partition's name. */
  private int lastStart;

  private int lastEnd;

  /** The topics before that one, as a list. */
  private int earlierStart;

  private int earlierEnd;

  /** The record has not been copied before. */
  void clear() {
    bytes = NONE;
    lastStart = 0;
    lastEnd = 0;
    earlierStart = 0;
    earlierEnd = 0;
  }

  /** Reads the value of a stamp; what does not begin like one tells of no journey. */
  void read(byte[] source, int from, int to) {
    int positionAt = indexOf(source, from, to, OriginStamp.POSITION);
    int instanceEnd = indexOf(source, from, positionAt, PATH);
    int topicEnd = indexOf(source, Math.min(instanceEnd + 1, positionAt), positionAt, PATH);
    if (positionAt == to || topicEnd == positionAt) {
      clear();
      return;
    }
    int listAt = indexOf(source, positionAt, to, OriginStamp.JOURNEY);
    bytes = source;
    lastStart = from;
    lastEnd = topicEnd;
    earlierStart = Math.min(listAt + 1, to);
    earlierEnd = to;
  }

  boolean isEmpty() {
    return lastStart == lastEnd;
  }

  /** Whether the record has been in a topic, or has come through too many to believe it. */
  boolean hasVisited(byte[] topic) {
    if (isEmpty()) {
      return false;
    }
    if (Arrays.equals(bytes, lastStart, lastEnd, topic, 0, topic.length)) {
      return true;
    }
    int hops = 1;
    for (int at = earlierStart; at < earlierEnd; hops++) {
      int end = indexOf(bytes, at, earlierEnd, SEPARATOR);
      if (Arrays.equals(bytes, at, end, topic, 0, topic.length)) {
        return true;
      }
      at = end + 1;
    }
    return hops > LONGEST;
  }

  /** Bytes that {@link #write} writes. */
  int length() {
    if (isEmpty()) {
      return 0;
    }
    int earlier = earlierEnd - earlierStart;
    return 1 + lastEnd - lastStart + (earlier == 0 ? 0 : 1 + earlier);
  }

  /** Writes the part of the next stamp that tells of all topics so far; answers its end. */
  int write(byte[] target, int at) {
    if (isEmpty()) {
      return at;
    }
    target[at] = OriginStamp.JOURNEY;
    int end = copy(lastStart, lastEnd, target, at + 1);
    if (earlierStart < earlierEnd) {
      target[end] = SEPARATOR;
      end = copy(earlierStart, earlierEnd, target, end + 1);
    }
    return end;
  }

  private int copy(int from, int to, byte[] target, int at) {
    System.arraycopy(bytes, from, target, at, to - from);
    return at + to - from;
  }

  private static int indexOf(byte[] bytes, int from, int to, byte wanted) {
    int at = from;
    while (at < to && bytes[at] != wanted) {
      at++;
    }
    return at;
  }
}
