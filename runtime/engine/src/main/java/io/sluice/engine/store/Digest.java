package io.sluice.engine.store;

import io.sluice.sdk.sink.TargetPosition;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Digests by which a store knows its own content again. H2 guards its pages' headers, not what the
 * pages hold, so a flipped bit can pass as a valid position.
 */
final class Digest {
  private Digest() {}

  /** The first 64 bits of a text's SHA-256, in hexadecimal. */
  static String of(String text) {
    return String.format("%016x", bits(text));
  }

  /** A checkpoint's share of the digest of all; the shares are added up, in any order. */
  static long share(Checkpoint checkpoint) {
    return bits(
        String.join(
            "\n",
            checkpoint.flow(),
            checkpoint.partition(),
            checkpoint.position().toString(),
            checkpoint.target().map(TargetPosition::toString).orElse(""),
            Long.toString(checkpoint.epoch()),
            // Without a landmark as in stores that had none, whose digests still hold.
            checkpoint.updated().toEpochMilli()
                + checkpoint.point().landmark().map(text -> "\n" + text).orElse("")));
  }

  /** A retry's share of the same sum. */
  static long share(OpenRetry retry) {
    return bits(
        String.join(
            "\n",
            "retry",
            retry.flow(),
            retry.partition(),
            retry.position().toString(),
            Integer.toString(retry.attempts()),
            Long.toString(retry.first().toEpochMilli()),
            Long.toString(retry.due().toEpochMilli())));
  }

  /** The digest that stands beside the sum, so that neither it nor its neighbours can change. */
  static String whole(UUID store, long generation, long shares) {
    return of(store + "\n" + generation + "\n" + shares);
  }

  private static long bits(String text) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return ByteBuffer.wrap(sha.digest(text.getBytes(StandardCharsets.UTF_8))).getLong();
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
