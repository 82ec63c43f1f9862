package io.sluice.rocketmq.sink;

import io.sluice.rocketmq.RocketMqError;
import io.sluice.rocketmq.client.Connection;
import io.sluice.rocketmq.route.Queue;
import io.sluice.rocketmq.transcode.BatchEncoder;
import io.sluice.rocketmq.transcode.Requests;
import io.sluice.rocketmq.transcode.SendRequest;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.sink.SinkReport;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.sink.WriteResult;
import io.sluice.sdk.time.Scheduler;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one target queue, one request in flight: brokers may append two requests of one connection
 * in either order. Writes and resolutions run in the order of the calls (I4). Thread-safe.
 */
final class QueueWriter {
  private static final Logger log = LoggerFactory.getLogger(QueueWriter.class);

  private final Queue queue;
  private final BatchSender sender;
  private final BatchEncoder encoder;
  private final Fence fence;
  private final TailSearch tail;
  private final Scheduler scheduler;
  private final SinkReport report;
  private final Neighbours.Share share;
  private final Strangers strangers;
  private final QueueJobs jobs;

  /** Whether the last request's outcome is unknown and nobody has looked yet. */
  private boolean unresolved;

  /**
   * Whether the broker has failed since it last stored something: one that comes back, or that
   * takes its place, may lack what was confirmed.
   */
  private boolean doubtful;

  /** By which the last request went out. */
  private Optional<Connection> sentBy = Optional.empty();

  /** Offset behind the last message that is known to be in the queue. */
  private long end;

  /**
   * @param end where the queue ends at the moment
   * @param share joined before the end was looked for
   */
  QueueWriter(
      Queue queue,
      long end,
      BatchSender sender,
      BatchEncoder encoder,
      Fence fence,
      TailSearch tail,
      Scheduler scheduler,
      SinkReport report,
      Neighbours.Share share) {
    this.queue = queue;
    this.end = end;
    this.sender = sender;
    this.encoder = encoder;
    this.fence = fence;
    this.tail = tail;
    this.scheduler = scheduler;
    this.report = report;
    this.share = share;
    this.strangers = new Strangers(queue, tail::count, share, scheduler, report);
    this.jobs = new QueueJobs(queue);
  }

  Queue queue() {
    return queue;
  }

  /** The queue is known to end there or later: others have written it meanwhile. */
  void endsAt(long offset) {
    jobs.between(() -> end = Math.max(end, offset));
  }

  /**
   * Completes when nothing that was sent can arrive any more, or when the target does not answer;
   * does not fail.
   */
  CompletableFuture<Void> settle() {
    CompletableFuture<Void> settled = new CompletableFuture<>();
    jobs.between(
        () -> {
          if (unresolved) {
            unresolved = false;
            fence.raise(queue, sentBy).whenComplete((fenced, ignored) -> settled.complete(null));
          } else {
            settled.complete(null);
          }
        });
    return settled;
  }

  /** Stores a batch. */
  CompletableFuture<WriteResult> write(Batch batch) {
    return jobs.add(result -> new Write(batch, result));
  }

  /** Looks which part of a batch is stored. */
  CompletableFuture<WriteResult> resolve(Batch batch) {
    return jobs.add(result -> new Resolution(batch, result));
  }

  private Optional<TargetPosition> target() {
    return Optional.of(new TargetPosition(queue.name(), end));
  }

  private final class Write implements QueueJobs.Job {
    private final CompletableFuture<WriteResult> result;
    private @Nullable Requests requests;
    private final Batch batch;
    private Position from;
    private long echoes;

    private Write(Batch batch, CompletableFuture<WriteResult> result) {
      this.batch = batch;
      this.from = batch.first();
      this.result = result;
    }

    @Override
    public CompletableFuture<WriteResult> result() {
      return result;
    }

    @Override
    public WriteResult failed(RuntimeException bug) {
      return new WriteResult.Unknown(from, unexpected(bug));
    }

    @Override
    public void run() {
      sendNext();
    }

    private void sendNext() {
      Optional<SendRequest> request = nextRequest();
      if (request.isEmpty()) {
        return;
      }
      Optional<Connection> by = sender.connection(queue);
      if (doubtful || (sentBy.isPresent() && !sentBy.equals(by))) {
        tail.reaching(queue, end)
            .whenComplete(
                (found, failure) ->
                    jobs.step(this, () -> looked(request.get(), by, found, failure)));
      } else {
        send(request.get(), by);
      }
    }

    private void looked(
        SendRequest request, Optional<Connection> by, Long found, Throwable failure) {
      if (failure != null) {
        jobs.finish(this, new WriteResult.NotStored(from, tail.reason(failure)));
      } else if (found < end) {
        jobs.finish(this, new WriteResult.NotStored(from, lost(found)));
      } else {
        doubtful = false;
        send(request, by);
      }
    }

    private void send(SendRequest request, Optional<Connection> by) {
      if (!batch.lease().isHeld()) {
        jobs.finish(this, new WriteResult.NotStored(from, notOwner()));
        return;
      }
      sentBy = by;
      long sentAt = scheduler.nanoTime();
      sender
          .send(queue, request)
          .thenAccept(
              outcome ->
                  jobs.step(
                      this,
                      () -> {
                        timed(request, outcome, scheduler.nanoTime() - sentAt);
                        answered(request, outcome);
                      }));
    }

    private void timed(SendRequest request, BatchSender.Outcome outcome, long nanos) {
      if (outcome instanceof BatchSender.Outcome.Stored) {
        encoder.size().answered(request.body().length, nanos);
      } else if (outcome instanceof BatchSender.Outcome.Unknown) {
        encoder.size().unanswered();
      }
    }

    /** The next request; empty when the write was answered instead. */
    private Optional<SendRequest> nextRequest() {
      try {
        Requests open = requests == null ? encoder.requests(batch) : requests;
        requests = open;
        Optional<SendRequest> next = open.next();
        if (next.isEmpty()) {
          reportEchoes(open);
          jobs.finish(this, new WriteResult.Stored(target()));
        }
        return next;
      } catch (SluiceException unfit) {
        jobs.finish(this, new WriteResult.NotStored(from, unfit));
      } catch (RuntimeException bug) {
        log.error("encoding {} failed", batch, bug);
        jobs.finish(this, new WriteResult.NotStored(from, unexpected(bug)));
      }
      return Optional.empty();
    }

    private void answered(SendRequest request, BatchSender.Outcome outcome) {
      if (outcome instanceof BatchSender.Outcome.Stored stored) {
        if (stored.offset() < end) {
          jobs.finish(this, new WriteResult.NotStored(from, lost(stored.offset())));
          return;
        }
        if (stored.offset() > end) {
          strangers.between(end, stored.offset(), batch.partition());
        }
        end = stored.offset() + request.count();
        share.store(stored.offset(), end);
        from = request.next();
        reportEchoes(Objects.requireNonNull(requests));
        sendNext();
      } else if (outcome instanceof BatchSender.Outcome.NotStored refused) {
        doubtful = true;
        jobs.finish(this, new WriteResult.NotStored(from, refused.reason()));
      } else {
        BatchSender.Outcome.Unknown open = (BatchSender.Outcome.Unknown) outcome;
        unresolved = true;
        doubtful = true;
        jobs.finish(this, new WriteResult.Unknown(from, open.reason()));
      }
    }

    /** Each once: those before the end of what is stored, which no retry meets again. */
    private void reportEchoes(Requests open) {
      if (open.echoes() > echoes) {
        report.echoes(open.echoes() - echoes);
        echoes = open.echoes();
      }
    }

    private SluiceException notOwner() {
      return new RetriableException(
          RocketMqError.NOT_OWNER,
          "the lock of " + batch.partition() + " may have passed to another runtime",
          Location.NONE);
    }
  }

  private final class Resolution implements QueueJobs.Job {
    private final Batch batch;
    private final CompletableFuture<WriteResult> result;

    private Resolution(Batch batch, CompletableFuture<WriteResult> result) {
      this.batch = batch;
      this.result = result;
    }

    @Override
    public CompletableFuture<WriteResult> result() {
      return result;
    }

    @Override
    public WriteResult failed(RuntimeException bug) {
      return new WriteResult.Unknown(batch.first(), unexpected(bug));
    }

    @Override
    public void run() {
      tail.since(queue, sentBy, end, batch.partition())
          .whenComplete(
              (found, failure) -> jobs.step(this, () -> jobs.finish(this, answer(found, failure))));
    }

    private WriteResult answer(TailSearch.Found found, Throwable failure) {
      if (failure != null) {
        return new WriteResult.Unknown(batch.first(), tail.reason(failure));
      }
      if (found.end() < end) {
        return new WriteResult.NotStored(batch.first(), lost(found.end()));
      }
      unresolved = false;
      doubtful = false;
      end = found.end();
      Position from =
          found
              .origin()
              .map(origin -> origin.plus(1))
              .filter(behind -> batch.first().isBefore(behind))
              .orElse(batch.first());
      if (!from.isBefore(batch.next()) || batch.from(from).isEmpty()) {
        return new WriteResult.Stored(target());
      }
      return new WriteResult.NotStored(
          from,
          new RetriableException(
              RocketMqError.OUTCOME_UNKNOWN,
              "the target does not hold the batch from position " + from + " on",
              Location.NONE));
    }
  }

  private SluiceException lost(long offset) {
    return new SluiceException(
        RocketMqError.TARGET_LOST,
        "target queue " + queue + " ended at offset " + end + " and now goes on at " + offset,
        new Location.Named("target queue " + queue));
  }

  private static SluiceException unexpected(RuntimeException bug) {
    return new SluiceException(
        RocketMqError.UNEXPECTED_ANSWER,
        "writing a batch failed: " + bug,
        Location.NONE,
        "This is a bug; the log has its trace.",
        bug);
  }
}
