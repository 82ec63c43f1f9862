package io.sluice.acceptance.matrix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A flow that copies messages of some kinds, with a target topic of its own. */
record KindFlow(End source, End target, String sourceTopic) {

  /** Between all pairs of ends, from each topic in which a kind is looked for. */
  static List<KindFlow> all() {
    List<KindFlow> flows = new ArrayList<>();
    for (End source : End.values()) {
      for (End target : End.values()) {
        Arrays.stream(Kind.values())
            .map(Kind::topic)
            .distinct()
            .forEach(topic -> flows.add(new KindFlow(source, target, topic)));
      }
    }
    return flows;
  }

  /** Of the flow, and of its target topic. */
  String name() {
    String kind = sourceTopic.substring(sourceTopic.lastIndexOf('%') + 1).replace("GID_", "");
    return (source.name() + "_to_" + target.name() + "_" + kind).toLowerCase(Locale.ROOT);
  }

  String group() {
    return FlowDocument.group(name());
  }

  /** How many messages are to arrive. */
  int count() {
    return sourceTopic.equals(Kind.TOPIC)
        ? Kind.of(source.version()).stream().mapToInt(Kind::count).sum()
        : 1;
  }

  /** The flow, as a document of a flow file. */
  String document() {
    return new FlowDocument(
            name(),
            Role.READER.instance(new Side(Mode.PLAINTEXT, source)),
            sourceTopic,
            Role.WRITER.instance(new Side(Mode.PLAINTEXT, target)),
            name())
        .text();
  }
}
