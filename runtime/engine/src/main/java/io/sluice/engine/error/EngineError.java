package io.sluice.engine.error;

import io.sluice.sdk.error.ErrorCode;

/** The error codes of the engine and of its checkpoint store. */
public enum EngineError implements ErrorCode {
  UNKNOWN_INSTANCE(
      "engine.unknown-instance",
      Category.VALIDATION,
      "A source or sink names an instance that no flow file declares.",
      "Declare the instance, or correct its name in the flow."),
  ROUTE_FAILED(
      "engine.route-failed",
      Category.RUNTIME,
      "The Camel route of a flow could not be set up.",
      "See the log for Camel's reason. A route is made of two components of Sluice's own, so this"
          + " hints at a mixture of Camel versions on the class path."),
  START_TIMED_OUT(
      "engine.start-timed-out",
      Category.ENVIRONMENT,
      "A flow's source or sink gave no answer within the start timeout.",
      "Check that both instances can be reached from here, then resume the flow or allow more time"
          + " to start."),
  RULE_FAILED(
      "engine.rule-failed",
      Category.RUNTIME,
      "A rule failed on a record, instead of accepting or dropping it.",
      "Correct the rule, then resume the flow. The record was not acknowledged and is read again."),
  TRANSFORM_FAILED(
      "engine.transform-failed",
      Category.RUNTIME,
      "A transform failed on a record, instead of making or refusing one.",
      "See the log for the whole trace and report it. The record was not acknowledged and is read"
          + " again when the flow is resumed."),
  RETRIES_EXHAUSTED(
      "engine.retries-exhausted",
      Category.RUNTIME,
      "A record was tried as often or as long as its flow allows, and the target did not take it.",
      "See to the target, then resume the flow: it goes on with this record. With `errorsTolerance:"
          + " ALL` a flow goes on without such records, and keeps them in its `deadLetterQueue`."),
  DEAD_LETTER_HELD(
      "engine.dead-letter-held",
      Category.ENVIRONMENT,
      "The dead-letter queue of a flow does not take a record for now. The flow waits for it: no"
          + " record is lost.",
      "See to the dead-letter queue; the flow goes on by itself."),
  DEAD_LETTER_REFUSED(
      "engine.dead-letter-refused",
      Category.RUNTIME,
      "The dead-letter queue of a flow will never take a record that cannot be delivered.",
      "Let the dead-letter queue take such records, as by a larger maxMessageSize of its broker, then"
          + " resume the flow: it goes on with this record."),
  CONTRACT_VIOLATED(
      "engine.contract-violated",
      Category.RUNTIME,
      "A source offered batches of one partition out of order or more than one at a time.",
      "Report it to the maker of the connector. The flow stopped so that no order is lost; resuming"
          + " it continues behind the last stored record."),
  UNEXPECTED(
      "engine.unexpected",
      Category.RUNTIME,
      "A connector or rule failed in a way that it does not document.",
      "See the log for the whole trace and report it to the maker of the connector."),
  STORE_CORRUPT(
      "store.corrupt",
      Category.ENVIRONMENT,
      "The checkpoint store cannot be read, or does not hold what was written to it.",
      Remedies.PUT_BACK),
  STORE_EMPTIED(
      "store.emptied",
      Category.ENVIRONMENT,
      "The file of the checkpoint database is there, but empty.",
      Remedies.PUT_BACK),
  STORE_MISSING(
      "store.missing",
      Category.ENVIRONMENT,
      "The file of the checkpoint database is gone, although its seal shows that it existed.",
      Remedies.PUT_BACK),
  STORE_SEAL_MISSING(
      "store.seal-missing",
      Category.ENVIRONMENT,
      "The seal of the checkpoint database is gone, so nobody can tell whether the database is the"
          + " latest one.",
      Remedies.PUT_BACK),
  STORE_ROLLED_BACK(
      "store.rolled-back",
      Category.ENVIRONMENT,
      "The checkpoint database is older than its seal: it was truncated, or an older copy was put"
          + " back.",
      Remedies.PUT_BACK),
  STORE_FOREIGN(
      "store.foreign",
      Category.ENVIRONMENT,
      "The checkpoint database and its seal come from different stores.",
      Remedies.PUT_BACK),
  STORE_NEWER_VERSION(
      "store.newer-version",
      Category.ENVIRONMENT,
      "The checkpoint store was written by a newer version of Sluice.",
      "Run that version or a later one; stores are only upgraded, never downgraded."),
  STORE_LOCKED(
      "store.locked",
      Category.ENVIRONMENT,
      "Another Sluice has the checkpoint store open.",
      "Stop the other one, or give each its own data directory."),
  STORE_UNWRITABLE(
      "store.unwritable",
      Category.ENVIRONMENT,
      "The directory of the checkpoint store cannot be used or written.",
      "Give the user that runs Sluice the right to create and write files there, or choose another"
          + " data directory."),
  STORE_DISK_FULL(
      "store.disk-full",
      Category.ENVIRONMENT,
      "There is no room left on the disk of the checkpoint store.",
      "Make room. Checkpoints are written again by themselves; flows go on meanwhile."),
  STORE_UNAVAILABLE(
      "store.unavailable",
      Category.ENVIRONMENT,
      "A checkpoint could not be read or written at this moment.",
      "It is tried again by itself, and no record is lost meanwhile. If it persists, check the disk"
          + " of the data directory."),
  STORE_CHECKPOINT_REFUSED(
      "store.checkpoint-refused",
      Category.RUNTIME,
      "The store holds a later checkpoint of a partition than the one that the flow tried to write.",
      "Make sure that no other runtime runs the same flow with this store. The later checkpoint"
          + " stays.");

  private final Description description;

  EngineError(String id, Category category, String meaning, String remedy) {
    this.description = new Description(id, category, meaning, remedy);
  }

  @Override
  public Description description() {
    return description;
  }

  private static final class Remedies {
    private static final String PUT_BACK =
        "Put back all files of the checkpoint directory from one backup, or move the directory away:"
            + " then each flow resumes behind the last record that its target holds, else at the"
            + " offset that the source keeps for its group, else at its configured position.";
  }
}
