package io.sluice.cli.message;

import io.sluice.cli.output.Count;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/** A body as text, where it is text. */
public final class BodyText {
  private static final int SHOWN_CHARACTERS = 200;
  private static final int SHOWN_BYTES = 32;

  private BodyText() {}

  /** The body as text, if it is UTF-8. */
  static Optional<String> of(ByteBuffer body) {
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(body.duplicate()).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** The whole body: its text, or its bytes in hexadecimal. */
  public static String whole(ByteBuffer body) {
    byte[] bytes = new byte[body.remaining()];
    body.duplicate().get(bytes);
    return of(body).filter(BodyText::isReadable).orElse("0x" + HexFormat.of().formatHex(bytes));
  }

  /** The body on one line: its text, or its bytes in hexadecimal, cut when it is long. */
  static String preview(ByteBuffer body) {
    Optional<String> text = of(body).filter(BodyText::isReadable);
    int size = body.remaining();
    if (text.isPresent()) {
      String line = oneLine(text.get());
      return line.length() <= SHOWN_CHARACTERS
          ? line
          : line.substring(0, SHOWN_CHARACTERS) + "... (" + Count.of(size, "byte") + ")";
    }
    byte[] start = new byte[Math.min(size, SHOWN_BYTES)];
    body.duplicate().get(start);
    String hex = "0x" + HexFormat.of().formatHex(start);
    return size <= SHOWN_BYTES ? hex : hex + "... (" + Count.of(size, "byte") + ")";
  }

  private static boolean isReadable(String text) {
    return text.chars().noneMatch(c -> Character.isISOControl(c) && !Character.isWhitespace(c));
  }

  private static String oneLine(String text) {
    return text.replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t");
  }
}
