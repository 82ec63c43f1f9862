package io.sluice.flows.binding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.sluice.flows.FlowError;
import io.sluice.flows.document.Node.Entry;
import io.sluice.flows.document.Node.Mapping;
import io.sluice.flows.document.NodePath;
import io.sluice.flows.finding.Findings;
import io.sluice.flows.finding.Redaction;
import io.sluice.flows.schema.CheckedDocument;
import io.sluice.flows.schema.FlowSchema;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.Location.InFile;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.record.RecordPart;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Binds the block of a connector to the connector's configuration record. */
final class ConnectorBinder {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  private final FlowSchema schema;
  private final Findings findings;

  ConnectorBinder(FlowSchema schema, Findings findings) {
    this.schema = schema;
    this.findings = findings;
  }

  /** The one entry below {@code source}, {@code sink} or the like of a sound document. */
  static Entry block(CheckedDocument flow, NodePath path) {
    return ((Mapping) path.in(flow.root()).orElseThrow()).entries().get(0);
  }

  /**
   * The configuration; empty, and reported, if the connector does not accept it.
   *
   * @param parts whose blocks are not the connector's
   */
  <C extends java.lang.Record> Optional<C> configuration(
      CheckedDocument flow, NodePath path, Class<C> type, Set<RecordPart> parts) {
    Entry block = block(flow, path);
    return guarded(
        block,
        () -> {
          try {
            ObjectNode options = schema.filled(flow, path.then(block.key()));
            parts.stream()
                .map(RecordPart::key)
                .filter(key -> options.path(key).isObject())
                .forEach(options::remove);
            return MAPPER.treeToValue(options, type);
          } catch (JsonProcessingException e) {
            throw new UnacceptableException(e);
          }
        });
  }

  /**
   * Reports what a connector finds wrong with its configuration, each at the place in its block.
   * Answers whether that is nothing.
   */
  boolean sound(Entry block, Supplier<List<SluiceException>> problems) {
    Redaction redaction = new Redaction(block.value());
    Optional<List<SluiceException>> found = guarded(block, problems);
    for (SluiceException problem : found.orElse(List.of())) {
      findings.error(
          problem.code(),
          place(block, problem.location()),
          redaction.apply(problem.message()),
          redaction.apply(problem.suggestion()));
    }
    return found.isPresent() && found.get().isEmpty();
  }

  private static InFile place(Entry block, Location location) {
    return location instanceof Location.InBlock inBlock && !inBlock.keys().isEmpty()
        ? new NodePath(List.copyOf(inBlock.keys())).namedIn(block.value())
        : block.place();
  }

  /** What a connector makes of its configuration; its complaint becomes a finding at the block. */
  <T> Optional<T> guarded(Entry block, Supplier<T> call) {
    Redaction redaction = new Redaction(block.value());
    try {
      return Optional.of(call.get());
    } catch (RuntimeException e) {
      Throwable cause = e instanceof UnacceptableException ? complaint(e.getCause()) : e;
      if (cause instanceof SluiceException sluice) {
        findings.error(
            sluice.code(),
            place(block, sluice.location()),
            redaction.apply(sluice.message()),
            redaction.apply(sluice.suggestion()));
      } else {
        findings.error(
            FlowError.INVALID_CONFIGURATION,
            block.place(),
            "connector '"
                + block.key()
                + "' does not accept this configuration"
                + detail(cause, redaction));
      }
      return Optional.empty();
    }
  }

  /** What the record's constructor threw, if it was the constructor that complained. */
  private static Throwable complaint(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SluiceException || cause instanceof IllegalArgumentException) {
        return cause;
      }
    }
    return thrown;
  }

  private static String detail(Throwable cause, Redaction redaction) {
    if (cause instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      return ": '" + mapping.getPath().get(0).getFieldName() + "' cannot be bound";
    }
    return cause instanceof IllegalArgumentException && cause.getMessage() != null
        ? ": " + redaction.apply(cause.getMessage())
        : "";
  }

  private static final class UnacceptableException extends RuntimeException {
    UnacceptableException(JsonProcessingException cause) {
      super(cause);
    }
  }
}
