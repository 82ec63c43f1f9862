package io.sluice.cli;

import io.sluice.sdk.error.ErrorCode;

/** What can go wrong in the command itself. */
public enum CommandError implements ErrorCode {
  USAGE(
      "command.usage",
      Category.VALIDATION,
      "The command was called with a verb, an option or a value that it does not know.",
      "Run sluice help, or sluice help VERB, for what there is."),
  NOTHING_TO_RUN(
      "command.nothing-to-run",
      Category.VALIDATION,
      "The files declare neither a flow nor a broker, so there is nothing to run.",
      "Name a file or folder with at least one document of kind EventFlow or Broker."),
  NO_INSTANCE(
      "command.no-instance",
      Category.VALIDATION,
      "The files declare neither an instance nor a broker, so there is nothing to look at.",
      "Name a file or folder with at least one document of kind Instance or Broker, or give the"
          + " address of a name server with --instance."),
  UNKNOWN_INSTANCE(
      "command.unknown-instance",
      Category.VALIDATION,
      "No instance or broker of that name is declared in the flow files.",
      "Name the file or folder that declares it, or give the instance as the address of a name"
          + " server, host:port."),
  BROKER_NOT_RUNNING(
      "command.broker-not-running",
      Category.ENVIRONMENT,
      "The instance is an integrated broker, and no sluice run serves it at the moment.",
      "Start it with sluice run, or name the data directory of the run with --data-dir."),
  DATA_DIRECTORY_IN_USE(
      "command.data-directory-in-use",
      Category.ENVIRONMENT,
      "Another sluice run works in this data directory.",
      "Stop the other run, or give this one a data directory of its own with --data-dir."),
  DATA_DIRECTORY_UNUSABLE(
      "command.data-directory-unusable",
      Category.ENVIRONMENT,
      "The data directory cannot be created or written.",
      "Check its permissions and the space on its disk, or name another one with --data-dir."),
  MESSAGE_FILE_INVALID(
      "command.message-file-invalid",
      Category.VALIDATION,
      "A line of the message file is not a message.",
      "Each line is one JSON object with body or bodyBase64 and, if wanted, key, tag and"
          + " properties."),
  MESSAGE_FILE_UNREADABLE(
      "command.message-file-unreadable",
      Category.ENVIRONMENT,
      "The message file cannot be read.",
      "Check that the file exists and may be read."),
  EVENT_FILE_INVALID(
      "command.event-file-invalid",
      Category.VALIDATION,
      "A file of events is not JSON from a place on.",
      "Give events in the JSON format of CloudEvents, one after the other or in one list. Those"
          + " before the place were put."),
  EVENT_FILE_UNREADABLE(
      "command.event-file-unreadable",
      Category.ENVIRONMENT,
      "The file of events cannot be read.",
      "Check that the file exists and may be read."),
  EVENTS_NOT_PUT(
      "command.events-not-put",
      Category.RUNTIME,
      "Some events were not put on the bus, or may not have been.",
      "The answer for each event says why; put those again whose errors can pass."),
  FILE_EXISTS(
      "command.file-exists",
      Category.VALIDATION,
      "The file that is to be written exists already.",
      "Name another file, or move this one away."),
  FILE_NOT_WRITTEN(
      "command.file-not-written",
      Category.ENVIRONMENT,
      "The file cannot be written.",
      "Check the permissions of its folder and the space on its disk, or name another file."),
  WARNINGS(
      "command.warnings",
      Category.VALIDATION,
      "The files have warnings, and validate --strict takes those for errors.",
      "Do what the warnings advise, or validate without --strict."),
  NOTHING_TO_TEST(
      "command.nothing-to-test",
      Category.VALIDATION,
      "There are no tests of flows, or none of that name.",
      "Write some under tests: in a flow, or in a file *_test.yaml beside it; see"
          + " docs/authoring.md."),
  TEST_FAILED(
      "command.test-failed",
      Category.RUNTIME,
      "A test of a flow did not come out as it expects.",
      "Correct the flow, or the test; sluice explain shows step by step what becomes of a record."),
  UNKNOWN_FLOW(
      "command.unknown-flow",
      Category.VALIDATION,
      "The call must name one of the flows that the files declare.",
      "Check its name, and that the call names the files that declare it."),
  UNKNOWN_BUS(
      "command.unknown-bus",
      Category.VALIDATION,
      "The call must name one of the buses that the files declare.",
      "Check its name, and that the call names the files that declare it."),
  UNKNOWN_RULE(
      "command.unknown-rule",
      Category.VALIDATION,
      "The call names a rule that the bus does not have, or that is disabled.",
      "Check its name; enable a rule before events are replayed to it."),
  EVENT_INVALID(
      "command.event-invalid",
      Category.VALIDATION,
      "A file that is to hold one message or event does not.",
      "Give one message, as sluice tail --json prints them, or one event with data."),
  IMPORT_INVALID(
      "command.import-invalid",
      Category.VALIDATION,
      "The file is not what is to be imported.",
      "Give the JSON of CreateEventStreaming or CreateRule, as the API takes it."),
  IMPORT_UNREADABLE(
      "command.import-unreadable",
      Category.ENVIRONMENT,
      "The document to import cannot be read.",
      "Check that the file exists and may be read."),
  NOT_IMPORTED(
      "command.not-imported",
      Category.VALIDATION,
      "Something in the imported document has no counterpart, and import --strict takes that for an"
          + " error.",
      "Take it out of the document, or import without --strict and see to it afterwards."),
  NO_ANSWER(
      "command.no-answer",
      Category.ENVIRONMENT,
      "The instance did not answer in time.",
      "Check that it is running and can be reached from here."),
  NOT_SENT(
      "command.not-sent",
      Category.RUNTIME,
      "A connection broke in the middle of a batch, so that its messages may or may not be stored.",
      "Look with sluice tail which ones arrived before you send them again."),
  BROKER_EDITED(
      "command.broker-edited",
      Category.VALIDATION,
      "A flow file that is watched declares other brokers than those that run.",
      "Brokers are started and stopped with the run: undo that part of the edit, or start the run"
          + " anew."),
  NO_DEAD_LETTERS(
      "command.no-dead-letters",
      Category.VALIDATION,
      "The flow has no dead-letter queue in a topic of RocketMQ.",
      "Set `runOptions.deadLetterQueue.rocketmq` in the flow, with `errorsTolerance: ALL`."),
  NOT_REDRIVABLE(
      "command.not-redrivable",
      Category.VALIDATION,
      "Dead letters of this flow cannot be sent to where they were asked to go.",
      "Choose the other end of the flow with --to, if it is a topic of RocketMQ."),
  NOT_DRAINED(
      "command.not-drained",
      Category.RUNTIME,
      "The deadline passed before everything in flight was stored at its target.",
      "Nothing is lost: the next run goes on from the last stored record. Give more time with"
          + " --drain-timeout."),
  INTERNAL(
      "command.internal-error",
      Category.RUNTIME,
      "Sluice met a situation that it was not written for.",
      "Call it again with --debug and report what it prints.");

  private final Description description;

  CommandError(String id, Category category, String meaning, String remedy) {
    this.description = new Description(id, category, meaning, remedy);
  }

  @Override
  public Description description() {
    return description;
  }
}
