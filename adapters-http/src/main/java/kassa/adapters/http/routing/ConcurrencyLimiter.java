package kassa.adapters.http.routing;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import kassa.adapters.http.problem.Problem;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.ProblemKind;
import kassa.adapters.http.request.RequestBody;
import kassa.domain.identity.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Concurrency limit with load shedding: a request gets a permit at once or is rejected, before its
 * body is read; there is no queue. After {@link #close} no request gets a permit (graceful
 * shutdown). See docs/decisions/0091. Thread-safe.
 */
public final class ConcurrencyLimiter {

  /** The group of permits that an endpoint uses. */
  public enum RequestClass {
    /** Health and version endpoints: need no permit and are never rejected. */
    UNLIMITED,
    /** Endpoints that handle one thing per request. */
    SINGLE,
    /** Batches, imports, exports and reports, whose run time grows with the amount of data. */
    BULK
  }

  /** One caller may have a fourth of the bulk permits. */
  private static final int BULK_SHARE_DIVISOR = 4;

  private final int maxSingle;
  private final int maxBulk;
  private final int maxBulkPerCaller;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private final Set<Permit> single = new HashSet<>();
  private final Set<Permit> bulk = new HashSet<>();
  private volatile boolean closed;
  private volatile boolean isFull;

  /**
   * @param maxSingle maximum number of concurrent single requests, 1 or more
   * @param maxBulk maximum number of concurrent bulk requests, 1 or more
   */
  public ConcurrencyLimiter(int maxSingle, int maxBulk) {
    this.maxSingle = maxSingle;
    this.maxBulk = maxBulk;
    this.maxBulkPerCaller = Math.max(1, maxBulk / BULK_SHARE_DIVISOR);
  }

  /** Permit to run one request; closing it releases it. */
  final class Permit implements AutoCloseable {

    private final Set<Permit> permits;
    private final Context context;
    private @Nullable Record owner;

    private Permit(Set<Permit> permits, Context context) {
      this.permits = permits;
      this.context = context;
    }

    /**
     * Returns whether the request waits for its client, which still sends the body or receives the
     * response.
     */
    private boolean isWaitingForClient() {
      return RequestBody.isUnread(context) || context.res().isCommitted();
    }

    /**
     * Assigns the permit to its caller, who may have only a share of the bulk permits: one caller
     * must not block the batches, exports and reports of all others. Callers are counted like in
     * the rate limit.
     *
     * @throws ProblemException if the caller has more than the share
     */
    void requireShare(Caller caller) {
      Record id =
          switch (caller) {
            case Caller.SignedIn user -> user.user();
            case Caller.ApiClient program -> program.key();
            case Caller.LocalOperator(), Caller.Anonymous() -> null;
          };
      if (id != null && !assign(this, id)) {
        throw new ProblemException(
            ProblemKind.OVERLOADED,
            "The request was not processed. At most "
                + maxBulkPerCaller
                + " batches, imports, exports and reports of one caller run at the same time; retry"
                + " later.");
      }
    }

    @Override
    public void close() {
      release(this);
    }
  }

  /** Returns whether the owner may have the permit. */
  private boolean assign(Permit permit, Record owner) {
    lock.lock();
    try {
      permit.owner = owner;
      return !bulk.contains(permit)
          || bulk.stream().filter(each -> owner.equals(each.owner)).count() <= maxBulkPerCaller;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Acquires a permit for a request, without waiting.
   *
   * @return the permit; to be closed when the request is done
   * @throws ProblemException if all permits are in use or the limiter is closed
   */
  Permit acquire(RequestClass load, Context context) {
    return switch (load) {
      case UNLIMITED -> new Permit(new HashSet<>(), context);
      case SINGLE -> acquireFrom(single, maxSingle, context);
      case BULK -> acquireFrom(bulk, maxBulk, context);
    };
  }

  private Permit acquireFrom(Set<Permit> permits, int max, Context context) {
    Permit permit = new Permit(permits, context);
    boolean acquired;
    lock.lock();
    try {
      acquired = !closed && permits.size() < max && permits.add(permit);
      isFull = single.size() >= maxSingle;
    } finally {
      lock.unlock();
    }
    if (acquired) {
      return permit;
    }
    if (closed) {
      throw new ProblemException(
          ProblemKind.SHUTTING_DOWN,
          "The request was not processed. The server only finishes requests that already started;"
              + " retry later.");
    }
    throw new ProblemException(overloaded(max));
  }

  /**
   * Returns the rejection that a single request would get now; {@code null} if a permit is free.
   * Lock-free, for a check before routing.
   */
  public @Nullable Problem rejectionOfSingle() {
    return isFull && !closed ? overloaded(maxSingle) : null;
  }

  private static Problem overloaded(int max) {
    return Problem.of(
        ProblemKind.OVERLOADED,
        "The request was not processed. At most "
            + max
            + " requests of this kind run at the same time; retry later.");
  }

  private void release(Permit permit) {
    lock.lock();
    try {
      if (permit.permits.remove(permit) && isIdle()) {
        idle.signalAll();
      }
      isFull = single.size() >= maxSingle;
    } finally {
      lock.unlock();
    }
  }

  /** Returns whether the limiter is closed. */
  public boolean isClosed() {
    return closed;
  }

  /**
   * Closes the limiter: no request gets a permit from now on.
   *
   * @return the number of requests that are still running
   */
  public int close() {
    lock.lock();
    try {
      closed = true;
      return single.size() + bulk.size();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until all permits are released.
   *
   * @return {@code false} if the timeout passed or the thread was interrupted before that
   */
  public boolean awaitIdle(Duration timeout) {
    lock.lock();
    try {
      long nanos = TimeUnit.NANOSECONDS.convert(timeout);
      while (!isIdle() && nanos > 0) {
        nanos = idle.awaitNanos(nanos);
      }
      return isIdle();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Closes the connections of requests that wait for their client. The other requests run to their
   * end and still send their response.
   *
   * @return the number of closed connections
   */
  public int abortClientTransfers() {
    lock.lock();
    try {
      List<Permit> waiting =
          Stream.concat(single.stream(), bulk.stream()).filter(Permit::isWaitingForClient).toList();
      waiting.forEach(permit -> ConnectionAbortHandler.abort(permit.context));
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  private boolean isIdle() {
    return single.isEmpty() && bulk.isEmpty();
  }
}
