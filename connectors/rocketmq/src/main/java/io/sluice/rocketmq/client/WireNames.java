package io.sluice.rocketmq.client;

import io.sluice.sdk.instance.Namespace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.rocketmq.common.MixAll;
import org.apache.rocketmq.remoting.protocol.NamespaceUtil;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RequestCode;

/**
 * How an instance's namespace goes over the wire: into the names of topics and groups, or beside
 * them. RocketMQ's own topics and groups are in no namespace. Immutable.
 */
public final class WireNames {
  private static final List<String> NAMES =
      List.of("topic", "group", "consumerGroup", "producerGroup");

  /** The short fields of SendMessageRequestHeaderV2: producer group and topic. */
  private static final List<String> NAMES_OF_SEND = List.of("a", "b");

  private static final Set<Integer> SENDS =
      Set.of(RequestCode.SEND_MESSAGE_V2, RequestCode.SEND_BATCH_MESSAGE);

  private final Optional<Namespace> namespace;

  public WireNames(Optional<Namespace> namespace) {
    this.namespace = namespace;
  }

  /** A topic or group as servers call it. */
  public String wire(String name) {
    return namespace.orElse(null) instanceof Namespace.Prefix prefix
        ? NamespaceUtil.wrapNamespace(prefix.id(), name)
        : name;
  }

  /** A topic or group as flows call it. */
  public String plain(String name) {
    return namespace.orElse(null) instanceof Namespace.Prefix prefix
        ? NamespaceUtil.withoutNamespace(name, prefix.id())
        : name;
  }

  /** What goes beside names; empty if they carry it themselves, or there is none. */
  public Optional<String> beside() {
    return namespace.filter(Namespace.Header.class::isInstance).map(Namespace::id);
  }

  /** Puts the namespace into the header of a request. Names in its body are the caller's part. */
  void apply(RemotingCommand request) {
    if (namespace.isEmpty()) {
      return;
    }
    if (namespace.get() instanceof Namespace.Header header) {
      request.addExtField(MixAll.RPC_REQUEST_HEADER_NAMESPACED_FIELD, "true");
      request.addExtField(MixAll.RPC_REQUEST_HEADER_NAMESPACE_FIELD, header.id());
      return;
    }
    request.makeCustomHeaderToNet();
    request.writeCustomHeader(null); // or it would be written once more, with the plain names
    Map<String, String> fields = request.getExtFields();
    if (fields != null) {
      List<String> names = SENDS.contains(request.getCode()) ? NAMES_OF_SEND : NAMES;
      names.forEach(field -> fields.computeIfPresent(field, (absent, name) -> wire(name)));
    }
  }
}
