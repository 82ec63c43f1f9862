package io.sluice.rocketmq;

import io.sluice.sdk.error.ErrorCode;

/** What can go wrong between Sluice and a RocketMQ instance. */
public enum RocketMqError implements ErrorCode {
  UNREACHABLE(
      "rocketmq.unreachable",
      Category.ENVIRONMENT,
      "A name server or broker does not accept connections.",
      "Check that it runs, and the host and port of the instance in the flow file; name servers"
          + " listen on 9876 by default, brokers on 10911."),
  TIMEOUT(
      "rocketmq.timeout",
      Category.ENVIRONMENT,
      "A name server or broker took the connection and did not answer in time.",
      "Check its load and its log. Sluice goes on trying."),
  PROXY_FAILED(
      "rocketmq.proxy-failed",
      Category.ENVIRONMENT,
      "The proxy of the instance cannot be reached, refuses, or does not reach the server.",
      "Check `proxy` of the instance: type, address, user and password, and whether the proxy lets"
          + " this connection through. Sluice goes on trying."),
  TLS_UNTRUSTED(
      "rocketmq.tls-untrusted",
      Category.ENVIRONMENT,
      "The server's certificate comes from an authority that the instance does not trust.",
      "Put the certificate of that authority into the file of `tls.trust` of the instance. Sluice goes"
          + " on trying, and reads the file again each time."),
  TLS_WRONG_HOST(
      "rocketmq.tls-wrong-host",
      Category.ENVIRONMENT,
      "The server's certificate does not name the host that was connected to.",
      "Use an address that the certificate names, or a certificate that names the address as name"
          + " servers and brokers announce it. `tls.verifyHostname: false` does without this check:"
          + " whoever has any certificate of the authority could then pose as the server."),
  TLS_EXPIRED(
      "rocketmq.tls-expired",
      Category.ENVIRONMENT,
      "The server's certificate is no longer valid, or not yet.",
      "Renew the certificate of the server; if its dates are right, set the clock of this machine."),
  TLS_CLIENT_REFUSED(
      "rocketmq.tls-client-refused",
      Category.ENVIRONMENT,
      "The server wants a certificate of its clients, and does not accept the instance's, or the"
          + " instance has none.",
      "Set `tls.certificate` and `tls.privateKey` of the instance to a valid certificate of an"
          + " authority that the server trusts."),
  TLS_NOT_OFFERED(
      "rocketmq.tls-not-offered",
      Category.ENVIRONMENT,
      "The server does not take connections with TLS; it speaks plaintext only.",
      "Switch TLS on at the server, or set `access: PLAINTEXT` for the instance."),
  TLS_REQUIRED(
      "rocketmq.tls-required",
      Category.ENVIRONMENT,
      "The server takes connections with TLS only.",
      "Set `access: SSL` for the instance, and `tls.trust` if the server's certificate comes from an"
          + " authority of your own."),
  TLS_FILES(
      "rocketmq.tls-files",
      Category.ENVIRONMENT,
      "A certificate or a key of the instance cannot be used.",
      "Check the files that `tls` of the instance names, and their passwords: PEM, with the key in"
          + " PKCS#8, or PKCS12. Sluice goes on trying, and reads them again each time."),
  TLS_FAILED(
      "rocketmq.tls-failed",
      Category.ENVIRONMENT,
      "Client and server do not agree on how to speak TLS.",
      "Compare `tls.protocols` of the instance with what the server allows, and look into the"
          + " server's log."),
  NO_PROXY(
      "rocketmq.no-proxy",
      Category.ENVIRONMENT,
      "The address of a proxy answers, but not as a proxy of 5.x does by gRPC.",
      "Check `proxy` in `endpoints` of the instance: the proxy's gRPC port is 8081 by default, its"
          + " remoting port 8080. For the latter set `protocol: remoting`."),
  GRPC_POSITION(
      "rocketmq.grpc-position",
      Category.VALIDATION,
      "A flow is to begin at a position that its source cannot reach by gRPC: proxies hand out what a"
          + " group has not had yet, and take no positions.",
      "Add the `nameServer` beside the `proxy` of the endpoint: Sluice then sets the group's position"
          + " at the brokers. Or use `protocol: remoting`, or `offset: CONSUME_FROM_LAST_OFFSET`, and"
          + " have the group reset by an administrator (mqadmin resetOffsetByTime)."),
  GRPC_GROUP(
      "rocketmq.grpc-group",
      Category.VALIDATION,
      "A source that reads by gRPC has no consumer group: proxies hand out messages to groups only.",
      "Set `groupID` in the source, a group that nothing else uses. To look at messages without a"
          + " group (tail, dlq), add the `nameServer` beside the `proxy` of the endpoint, or use an"
          + " instance with `protocol: remoting` whose `proxy` is the proxy's remoting port (8080 by"
          + " default)."),
  GRPC_OPTION(
      "rocketmq.grpc-option",
      Category.VALIDATION,
      "A source that reads by gRPC has an option that is not known there: `queues` or `reader`.",
      "Remove it; create the topic at the instance, and give each source a `groupID` of its own."),
  TOPIC_MISSING(
      "rocketmq.topic-missing",
      Category.ENVIRONMENT,
      "The topic does not exist on the instance, or no broker that holds it is alive.",
      "Create the topic there, correct its name in the flow file, or, for a target, allow"
          + " `createTopic: true`."),
  TOPIC_NOT_CREATED(
      "rocketmq.topic-not-created",
      Category.ENVIRONMENT,
      "The target topic could not be created or extended.",
      "Create it by hand with at least as many queues as the source has, and set `createTopic:"
          + " false`."),
  TOPIC_READ_ONLY(
      "rocketmq.topic-read-only",
      Category.ENVIRONMENT,
      "The target topic, or a queue of it, may only be read: the right to write was taken from the"
          + " topic, or from its broker. Sluice never gives it back by itself.",
      "If it is to be written: mqadmin updateTopicPerm -n NAMESERVER -c CLUSTER -t TOPIC -p 6. Where"
          + " that stands, the broker's own right is missing: mqadmin updateBrokerConfig -b BROKER -k"
          + " brokerPermission -v 6. The flow then goes on."),
  TOPIC_UNFIT(
      "rocketmq.topic-unfit",
      Category.RUNTIME,
      "A record is to go to a topic that cannot be: its name is not valid, or belongs to RocketMQ"
          + " itself, or the flow has written as many other topics as it may.",
      "Correct what `topic` of the sink makes of such a record, or leave the record out with a"
          + " `filterPattern`; with `errorsTolerance: ALL` it becomes a dead letter. A flow may write"
          + " 256 topics."),
  TOPIC_UNCUT(
      "rocketmq.topic-uncut",
      Category.VALIDATION,
      "Each record says its own topic, and the sink does not recognise what has been there before.",
      "Leave `stamp: true` and `echoes: DROP` in the sink: no check of the flow file could tell"
          + " whether such a flow feeds itself. Or write one topic."),
  GROUP_MISSING(
      "rocketmq.group-missing",
      Category.ENVIRONMENT,
      "The consumer group does not exist and the broker does not create groups by itself.",
      "Create the group on the source instance."),
  UNAUTHENTICATED(
      "rocketmq.unauthenticated",
      Category.ENVIRONMENT,
      "The broker does not accept the credentials: the key is unknown or disabled, the secret is"
          + " wrong, or there are none.",
      "Check `accessKey` and `secretKey` in `acl` of the instance."),
  DENIED(
      "rocketmq.denied",
      Category.ENVIRONMENT,
      "The broker refuses: the credentials do not permit this.",
      "Let the user of `acl` of the instance read the source topic and group, or write the target"
          + " topic."),
  SQL_FILTER_DISABLED(
      "rocketmq.sql-filter-disabled",
      Category.ENVIRONMENT,
      "The source broker does not evaluate SQL expressions.",
      "Set enablePropertyFilter=true in the configuration of each source broker and restart it, or"
          + " filter with `filterPattern` in the flow, which needs nothing of the broker."),
  BUSY(
      "rocketmq.busy",
      Category.RUNTIME,
      "The broker is too busy to take the request now; it stored nothing.",
      "Nothing to do unless it lasts: Sluice slows down and tries again. Then look at the broker's"
          + " disk and load."),
  NOT_WRITABLE(
      "rocketmq.not-writable",
      Category.ENVIRONMENT,
      "The broker does not store messages now: its disk is full, it shuts down, or it is a slave.",
      "Free space on the broker's disk or shorten its retention. Sluice goes on trying."),
  REFUSED(
      "rocketmq.refused",
      Category.RUNTIME,
      "The broker refuses these messages for what they are, and always will.",
      "Compare the broker's maxMessageSize and topic type with the source's."),
  OUTCOME_UNKNOWN(
      "rocketmq.outcome-unknown",
      Category.RUNTIME,
      "A batch was sent and no answer came: it may be stored or not.",
      "Nothing to do: Sluice looks at the target before it sends anything again."),
  UNEXPECTED_ANSWER(
      "rocketmq.unexpected-answer",
      Category.RUNTIME,
      "A name server or broker answered with an error that Sluice has no rule for.",
      "Look into the broker's log for the reason."),
  OFFSET_GONE(
      "rocketmq.offset-gone",
      Category.RUNTIME,
      "The position at which the flow has to go on is no longer on the source: messages expired"
          + " before they were read.",
      "Decide what to do about the messages in between, then let the flow go on with `onGap:"
          + " earliest` or `onGap: latest` in its source."),
  OFFSET_BEHIND_END(
      "rocketmq.offset-behind-end",
      Category.RUNTIME,
      "A source queue is not the one that the flow has read before, or ends before the position at"
          + " which the flow has to go on: the topic was deleted and created anew, or its broker"
          + " lost its last messages.",
      "If the topic is a new one, let the flow go on with `onGap: earliest` in its source: all that"
          + " the queue holds counts as new. If only the last messages were lost, use `onGap:"
          + " latest`: what is there now has been copied."),
  SLAVE_BEHIND(
      "rocketmq.slave-behind",
      Category.ENVIRONMENT,
      "The master of a source broker is gone, and what the flow has to read next is not to be had"
          + " from a slave: it was not replicated before, or the slave may not be read.",
      "Bring the master back: Sluice then goes on where it stands. For reading from a slave meanwhile,"
          + " set slaveReadEnable=true at the slave."),
  NOT_OWNER(
      "rocketmq.not-owner",
      Category.RUNTIME,
      "The lock of a source queue could not be renewed in time, so that another runtime may read the"
          + " queue: nothing of it is written until that is clear.",
      "Nothing to do: the flow goes on, here or in the other runtime. If it happens often, look for"
          + " long pauses of the process, or of its connection to the source broker."),
  QUEUE_LOCKED(
      "rocketmq.queue-locked",
      Category.RUNTIME,
      "Queues that this runtime is to read are still locked by another member of the group.",
      "Nothing to do if another runtime of the flow is handing them over or has just died: its locks"
          + " end within a minute. Otherwise see which other consumers use the flow's `groupID`."),
  TARGET_LOST(
      "rocketmq.target-lost",
      Category.RUNTIME,
      "The target no longer holds messages that it had confirmed: its broker lost the end of a"
          + " queue, or the topic was emptied.",
      "Start the flow again: it looks at what the target holds and goes on behind that. If nothing"
          + " of the flow is left there, give it another name, so that it starts anew."),
  TARGET_QUEUE_GONE(
      "rocketmq.target-queue-gone",
      Category.ENVIRONMENT,
      "A target queue in which the flow keeps the order of a source queue is not there.",
      "Bring its broker back. If it is gone for good, give the flow another name, so that it is"
          + " spread over the queues that are left."),
  BAD_TIMESTAMP(
      "rocketmq.bad-timestamp",
      Category.VALIDATION,
      "The timestamp of the consume position cannot be read, or is missing, or does not belong.",
      "Write `timestamp` as ISO-8601 with zone, such as 2026-11-01T00:00:00Z, or in milliseconds;"
          + " only with `offset: CONSUME_FROM_TIMESTAMP`.");

  private final Description description;

  RocketMqError(String id, Category category, String meaning, String remedy) {
    this.description = new Description(id, category, meaning, remedy);
  }

  @Override
  public Description description() {
    return description;
  }
}
