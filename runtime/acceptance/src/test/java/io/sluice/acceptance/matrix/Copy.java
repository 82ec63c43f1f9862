package io.sluice.acceptance.matrix;

/** One flow of the matrix, with a target topic of its own. */
record Copy(Side source, Side target, Content content) {

  /** Of the flow, and of its target topic. */
  String name() {
    return source.key() + "_to_" + target.key() + "_" + content.topic();
  }

  String group() {
    return FlowDocument.group(name());
  }

  /** Whether gRPC has a part in it, which promises less. */
  boolean speaksGrpc() {
    return source.end().speaksGrpc() || target.end().speaksGrpc();
  }

  /** The flow, as a document of a flow file. */
  String document() {
    return new FlowDocument(
            name(),
            Role.READER.instance(source),
            content.topic(),
            Role.WRITER.instance(target),
            name())
        .text();
  }

  @Override
  public String toString() {
    return "%s to %s, %s".formatted(source, target, content.topic());
  }
}
