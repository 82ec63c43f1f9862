package io.sluice.flows;

import io.sluice.sdk.error.ErrorCode;

/** What can be wrong with flow files. */
public enum FlowError implements ErrorCode {
  MISSING_PATH(
      "missing-path",
      "A file or folder of flows does not exist.",
      "Check the spelling of the path and the folder that it is relative to."),
  UNREADABLE_FILE(
      "unreadable-file",
      Category.ENVIRONMENT,
      "A file of flows cannot be read.",
      "Check the permissions of the file and of the folders above it."),
  NOTHING_FOUND(
      "nothing-found",
      "The given paths hold no documents.",
      "Name a file, or a folder with files that end in .yaml, .yml or .json."),
  FILE_TOO_LARGE(
      "file-too-large",
      "A file of flows is larger than the limit, or becomes so when its aliases are written out.",
      "Split it into several files; a folder of files is loaded as one."),
  TOO_DEEP(
      "too-deep",
      "A document nests deeper than the limit.",
      "Check for brackets that are never closed."),
  TOO_MANY_ALIASES(
      "too-many-aliases",
      "A file uses more YAML aliases than the limit.",
      "Write the repeated parts out."),
  NOT_UTF8(
      "not-utf-8",
      "A file of flows is not UTF-8 text.",
      "Save the file as UTF-8; check that it is not a binary file."),
  SYNTAX(
      "syntax",
      "A file is not valid YAML or JSON.",
      "Check indentation, quotes, brackets and the space after each colon at this place."),
  DUPLICATE_KEY(
      "duplicate-key",
      "A key stands twice in the same block.",
      "Remove one of the two. Keys are matched without regard to case."),
  NOT_A_DOCUMENT(
      "not-a-document",
      "A document is not a block of keys and values.",
      "Begin each document with a line such as 'kind: EventFlow', with a space after the colon."),
  UNKNOWN_KIND(
      "unknown-kind",
      "The kind of a document is not known.",
      "Use Broker, Instance, EventFlow, EventBus or FlowTests."),
  UNKNOWN_KEY(
      "unknown-key",
      "A key is not known at its place.",
      "Check its spelling and its indentation; the flow reference lists all keys."),
  MISSING_KEY(
      "missing-key", "A key that must be given is missing or has no value.", "Add the key."),
  WRONG_TYPE(
      "wrong-type",
      "A value is not of the type that its key takes.",
      "Numbers and true or false stand without quotes, texts that look like them with quotes."),
  UNKNOWN_VALUE(
      "unknown-value",
      "A value is not one of those that its key takes.",
      "Use one of the listed values."),
  OUT_OF_RANGE(
      "out-of-range",
      "A number, a duration, a length or a count is outside its range.",
      "Use a value within the range."),
  MALFORMED_VALUE(
      "malformed-value",
      "A value does not have the form that its key takes.",
      "See the description of the key in the flow reference."),
  UNKNOWN_CONNECTOR(
      "unknown-connector",
      "A source or sink names a connector that is not installed.",
      "Check the spelling, or install the connector."),
  NOT_ONE_CONNECTOR(
      "not-one-connector",
      "A source or sink does not name exactly one connector.",
      "Give each flow one source and one sink, each with one key: the connector's name."),
  INVALID_CONFIGURATION(
      "invalid-configuration",
      "A connector does not accept its configuration.",
      "See the connector's part of the flow reference."),
  UNDEFINED_VARIABLE(
      "undefined-variable",
      "A placeholder names a variable of the environment that is not set.",
      "Set the variable, or give a default: ${env:NAME:-default}."),
  BAD_PLACEHOLDER(
      "bad-placeholder",
      "A placeholder is not written as ${env:NAME}, ${env:NAME:-default} or ${file:PATH}.",
      "Correct it, or write $${ for a literal ${."),
  UNREADABLE_VALUE(
      "unreadable-value",
      Category.ENVIRONMENT,
      "A file that a placeholder or a key names cannot be read.",
      "Check the path, which is relative to the flow file's folder, and the permissions."),
  MISSING_ENDPOINT(
      "missing-endpoint",
      "An instance has no endpoint in the network that it uses.",
      "Add the endpoint, or choose the other network."),
  PROTOCOL_MISMATCH(
      "protocol-mismatch",
      "An instance is to be spoken to in a way that its version does not know.",
      "Set `version` to what it runs; 4.x needs a `nameServer` and `protocol: remoting`."),
  WITHOUT_EFFECT(
      "without-effect",
      "A key is given that has no effect beside the others.",
      "Remove it, or set what it needs."),
  REGIONS_APART(
      "regions-apart",
      "A flow leads from the private network of one region to that of another. Regions do not reach"
          + " each other over an intranet.",
      "Use the public endpoint of the instance that is far from the runtime (`network: public`); or"
          + " connect the two networks by peering and say so with `peeredRegions`; or let a runtime"
          + " run beside each instance."),
  UNKNOWN_FLOW(
      "unknown-flow",
      "Tests name a flow that no document declares.",
      "Load the file of the flow together with its tests, and check the name's spelling."),
  BAD_EVENT(
      "bad-event",
      "A message or an event, as a test or a file gives it, cannot be understood.",
      "Give the parts of a message (topic, tags, keys, properties, body), or an event with `data`."),
  BAD_EXPECTATION(
      "bad-expectation",
      "What a test expects contradicts itself or cannot be understood.",
      "Expect `match: false`, an `error`, or what is `delivered`."),
  UNKNOWN_INSTANCE(
      "unknown-instance",
      "A flow names an instance that no document declares.",
      "Declare it with 'kind: Instance' or 'kind: Broker' in one of the loaded files."),
  DUPLICATE_NAME(
      "duplicate-name",
      "A name is used twice where names must be unique.",
      "Rename one of the two. Instances and brokers share one space of names, flows and buses"
          + " another."),
  SAME_TOPIC(
      "same-topic",
      "A flow writes the topic that it reads.",
      "Choose another target topic or instance; every message would come back for ever."),
  LOOP(
      "loop",
      "Flows feed each other in a circle, so that every message would go round for ever.",
      "Leave the sinks' `stamp` and `echoes` as they are by default, so that messages that came round"
          + " are recognised; or remove one of the flows."),
  SHARED_GROUP(
      "shared-group",
      "Two flows use the same consumer group of the same instance.",
      "Give each flow a group of its own: members of one group share its messages."),
  PORT_USED_TWICE(
      "port-used-twice",
      "Two listeners have the same port.",
      "Choose another port, or 0 for a free one."),
  DATA_DIRECTORY_USED_TWICE(
      "data-directory-used-twice",
      "Two brokers have the same data directory.",
      "Give each broker a directory of its own."),
  BAD_PATTERN(
      "bad-pattern",
      "An event pattern cannot be understood.",
      "See the operators of filterPattern in the flow reference."),
  UNKNOWN_PATTERN_KEY(
      "unknown-pattern-key",
      "An event pattern names a part that events do not have.",
      "Event patterns are case-sensitive; see the event envelope in the flow reference."),
  COSTLY_PATTERN(
      "costly-pattern",
      "An event pattern is so complex that matching it would slow the flow down.",
      "Use fewer wildcard and contains conditions, or prefix and suffix in their place."),
  BAD_TRANSFORM(
      "bad-transform",
      "A transform of a sink cannot be understood.",
      "See the forms ORIGINAL, JSONPATH, CONSTANT and TEMPLATE in docs/transforms.md."),
  BAD_OUTPUT(
      "bad-output",
      Category.RUNTIME,
      "A transform cannot make a valid record of this one.",
      "Correct the transform, or keep such records out with filterPattern, then resume the flow. The"
          + " record was not acknowledged and is read again."),
  MISSING_VALUE(
      "missing-value",
      Category.RUNTIME,
      "A strict transform found nothing where a JSONPath leads.",
      "Leave out `strict` so that nothing stands in its place, or keep such records out with"
          + " filterPattern, then resume the flow. The record was not acknowledged and is read"
          + " again."),
  DOUBTFUL_PATTERN(
      "doubtful-pattern",
      "An event pattern is valid, but probably never matches.",
      "Check the spelling of the property; property names are case-sensitive.");

  private final Description description;

  FlowError(String name, String meaning, String remedy) {
    this(name, Category.VALIDATION, meaning, remedy);
  }

  FlowError(String name, Category category, String meaning, String remedy) {
    this.description = new Description("flow." + name, category, meaning, remedy);
  }

  @Override
  public Description description() {
    return description;
  }
}
