package io.sluice.acceptance.matrix;

import io.sluice.testkit.VariedMessages;
import java.util.Locale;

/** What a source topic holds. */
enum Content {
  EVERYTHING(VariedMessages.everything()),
  /** What gRPC carries. */
  PORTABLE(VariedMessages.portable()),
  /** One message that is nearly too large, among small ones. */
  LARGE(VariedMessages.large()),
  /** Message groups, in topics of type FIFO where gRPC wants that. */
  ORDERED(VariedMessages.grouped());

  private final VariedMessages messages;

  Content(VariedMessages messages) {
    this.messages = messages;
  }

  VariedMessages messages() {
    return messages;
  }

  /** The source topic. */
  String topic() {
    return name().toLowerCase(Locale.ROOT);
  }
}
