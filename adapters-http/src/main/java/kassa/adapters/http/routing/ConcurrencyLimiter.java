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
import org.jspecify.annotations.Nullable;

/**
 * Lets requests in: no more at any moment than there are places for, and none once it is closed.
 * Nobody waits for a place: who finds none is refused at once, before the body is read. See
 * docs/decisions/0091. May be used by any number of threads.
 */
public final class ConcurrencyLimiter {

  /** What a call takes a place among. */
  public enum RequestClass {
    /** It tells how the server is, takes no place and is never refused. */
    UNLIMITED,
    /** It does one thing. */
    SINGLE,
    /** It does many things, and takes as long as there are more of them. */
    BULK
  }

  private final int maxSingle;
  private final int maxBulk;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private final Set<Permit> single = new HashSet<>();
  private final Set<Permit> bulk = new HashSet<>();
  private volatile boolean closed;
  private volatile boolean isFull;

  /**
   * @param maxSingle the places for calls that do one thing, 1 or more
   * @param maxBulk the places for calls that do many, 1 or more
   */
  public ConcurrencyLimiter(int maxSingle, int maxBulk) {
    this.maxSingle = maxSingle;
    this.maxBulk = maxBulk;
  }

  /** Being let in, up to its close. */
  final class Permit implements AutoCloseable {

    private final Set<Permit> permits;
    private final Context context;

    private Permit(Set<Permit> permits, Context context) {
      this.permits = permits;
      this.context = context;
    }

    /** Whether the client still sends its request, or takes its answer. */
    private boolean isWaitingForClient() {
      return RequestBody.isUnread(context) || context.res().isCommitted();
    }

    @Override
    public void close() {
      release(this);
    }
  }

  /**
   * Lets a request in.
   *
   * @return to be closed when it has been handled
   * @throws ProblemException if there is no place for it, or none any more
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
          ProblemKind.SHUTTING_DOWN, "Nothing was done. The server finishes what it has begun.");
    }
    throw new ProblemException(overloaded(max));
  }

  /**
   * Why a call that does one thing would be refused if it asked to be let in now; {@code null} if
   * it would not be.
   */
  public @Nullable Problem rejectionOfSingle() {
    return isFull && !closed ? overloaded(maxSingle) : null;
  }

  private static Problem overloaded(int max) {
    return Problem.of(
        ProblemKind.OVERLOADED, "Nothing was done. " + max + " such requests are under way.");
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

  /** Whether nobody is let in any more. */
  public boolean isClosed() {
    return closed;
  }

  /**
   * Lets nobody in any more.
   *
   * @return how many are in
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
   * Waits until all who were let in have left.
   *
   * @return {@code false} if that took longer
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
   * Closes the connections of those who still send their request or take their answer; the others
   * are near their end, and the outcome of theirs is told them.
   *
   * @return how many those are
   */
  public int abortClientTransfers() {
    lock.lock();
    try {
      List<Permit> waiting =
          Stream.concat(single.stream(), bulk.stream()).filter(Permit::isWaitingForClient).toList();
      waiting.forEach(place -> ConnectionAbortHandler.abort(place.context));
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  private boolean isIdle() {
    return single.isEmpty() && bulk.isEmpty();
  }
}
