package kassa.adapters.http.routing;

import static java.util.Objects.requireNonNull;

import io.javalin.http.Context;
import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import kassa.adapters.http.problem.Problem;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.ProblemKind;
import org.jspecify.annotations.Nullable;

/**
 * Concurrency limit with load shedding: a request gets a permit at once or is rejected, before its
 * body is read; there is no queue. Each class of requests has its own permits, and one address or
 * caller gets at most a share of them ({@link PermitGroup}). After {@link #close} no request gets a
 * permit (graceful shutdown). See docs/decisions/0091.
 *
 * <p>A request that waits for its client, for the rest of its body or until its response is sent,
 * gives its permit up meanwhile ({@link WaitingRequests}). See docs/decisions/0119. Thread-safe:
 * one lock guards the permits, their groups and the waiting requests.
 *
 * <p>Looked at: Jetty's {@code QoSHandler} queues requests above one limit, its {@code
 * ThreadLimitHandler} delays those of one address, and Resilience4j's {@code Bulkhead} counts the
 * permits of one class. None has shares of callers, or permits that a waiting request gives up.
 */
public final class ConcurrencyLimiter {

  /** Open requests get a quarter of the permits of single ones in addition, but not fewer. */
  private static final int MIN_OPEN = 8;

  /** With 64 MiB of heap, 200 running orders can end the process, and 128 do not. */
  private static final long HEAP_BYTES_PER_PERMIT = 512 << 10;

  /** Requests that wait for their client, per permit of single requests. */
  private static final int MAX_WAITING_PER_PERMIT = 4;

  private final Map<RequestClass, PermitGroup> groups = new EnumMap<>(RequestClass.class);
  private final PermitGroup singleRequests;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private final Set<Permit> permits = new LinkedHashSet<>();
  private final WaitingRequests waiting;
  private volatile boolean closed;
  private volatile boolean isFull;

  /**
   * @param maxSingle maximum number of concurrent single requests, 1 or more
   * @param maxBulk maximum number of concurrent bulk requests, 1 or more
   */
  public ConcurrencyLimiter(int maxSingle, int maxBulk) {
    singleRequests = PermitGroup.ofSmall(maxSingle);
    groups.put(RequestClass.UNLIMITED, PermitGroup.unlimited());
    groups.put(RequestClass.OPEN, PermitGroup.ofSmall(Math.max(MIN_OPEN, maxSingle / 4)));
    groups.put(RequestClass.SINGLE, singleRequests);
    List<RequestClass> bulkClasses =
        List.of(RequestClass.BATCH, RequestClass.IMPORT, RequestClass.EXPORT, RequestClass.REPORT);
    PermitGroup bulk = PermitGroup.ofBulk(maxBulk, bulkClasses);
    bulkClasses.forEach(each -> groups.put(each, bulk));
    // Nothing is reserved for them, so that streams that last leave permits for the others.
    groups.put(RequestClass.EVENTS, bulk);
    waiting = new WaitingRequests(MAX_WAITING_PER_PERMIT * Math.max(MIN_OPEN, maxSingle));
  }

  /**
   * Creates a limiter with fewer permits for single requests if the maximum heap is small.
   *
   * @param maxSingle maximum number of concurrent single requests, 1 or more
   * @param maxBulk maximum number of concurrent bulk requests, 1 or more
   */
  public static ConcurrencyLimiter ofHeap(int maxSingle, int maxBulk) {
    return new ConcurrencyLimiter(
        maxSingleFor(Runtime.getRuntime().maxMemory(), maxSingle), maxBulk);
  }

  static int maxSingleFor(long maxHeapBytes, int maxSingle) {
    return Math.clamp(maxHeapBytes / HEAP_BYTES_PER_PERMIT, 1, maxSingle);
  }

  /**
   * Acquires a permit for a request, without waiting.
   *
   * @return the permit; to be closed when the request is done
   * @throws ProblemException if all permits are in use or the limiter is closed
   */
  Permit acquire(RequestClass requestClass, Context context) {
    Permit permit =
        new Permit(this, requestClass, requireNonNull(groups.get(requestClass)), context);
    lock.lock();
    try {
      if (closed && permit.delaysShutdown()) {
        throw new ProblemException(
            ProblemKind.SHUTTING_DOWN,
            "The request was not processed. The server only finishes requests that already"
                + " started; retry later.");
      }
      start(permit);
      permits.add(permit);
    } finally {
      lock.unlock();
    }
    permit.attach();
    return permit;
  }

  /**
   * Counts a running request for its client.
   *
   * @return {@code false} if the client has its share of the permits already
   */
  boolean assign(Permit permit, Object client) {
    lock.lock();
    try {
      return permit.assignTo(client);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives up the permit of a request that waits for its client.
   *
   * @param responseBytes size of the response that is sent, or {@link WaitingRequests#NO_RESPONSE}
   */
  void beginWaiting(Permit permit, int responseBytes) {
    lock.lock();
    try {
      if (permits.contains(permit)) {
        stop(permit);
        waiting.add(permit, responseBytes);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Acquires a permit again for a request whose body has arrived.
   *
   * @throws ProblemException if all permits are in use
   */
  void resumeAfterBody(Permit permit) {
    lock.lock();
    try {
      waiting.remove(permit);
      start(permit);
    } finally {
      lock.unlock();
    }
  }

  /** Needs the lock. */
  private void start(Permit permit) {
    if (!permit.tryStart()) {
      throw new ProblemException(permit.overloaded());
    }
    isFull = singleRequests.isFull();
  }

  /** Needs the lock. */
  private void stop(Permit permit) {
    permit.stop();
    isFull = singleRequests.isFull();
  }

  void release(Permit permit) {
    lock.lock();
    try {
      stop(permit);
      waiting.remove(permit);
      if (permits.remove(permit) && closed && runningRequests() == 0) {
        idle.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Closes the connection of the longest waiting request among the connections of an address. The
   * connections of a proxy belong to the proxy, not to its clients.
   *
   * @return whether there was one
   */
  public boolean closeWaitingConnection(Predicate<InetAddress> address) {
    lock.lock();
    try {
      return waiting.closeConnection(address);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Aborts requests whose clients read their response too slowly.
   *
   * @param timeout how long a small response may take, and how much longer than at the minimum rate
   *     a client may take to read one that is written while the request runs
   */
  public void abortSlowResponses(Duration timeout) {
    lock.lock();
    try {
      long now = System.nanoTime();
      waiting.abortSlow(now, timeout);
      permits.stream()
          .filter(permit -> permit.pace().isTooSlow(now, timeout))
          .toList()
          .forEach(Permit::abort);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns the rejection that a single request would get now; {@code null} if a permit is free.
   * Lock-free, for a check before routing.
   */
  public @Nullable Problem rejectionOfSingle() {
    return isFull && !closed ? singleRequests.overloaded() : null;
  }

  /** Returns whether no request is running that a shutdown would wait for. */
  public boolean isIdle() {
    lock.lock();
    try {
      return runningRequests() == 0;
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
      return runningRequests();
    } finally {
      lock.unlock();
    }
  }

  /** Returns the number of requests that a shutdown waits for. */
  private int runningRequests() {
    return (int) permits.stream().filter(Permit::delaysShutdown).count();
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
      while (runningRequests() > 0 && nanos > 0) {
        nanos = idle.awaitNanos(nanos);
      }
      return runningRequests() == 0;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Aborts the requests that wait for their client. The other requests run to their end and still
   * send their response.
   *
   * @return the number of aborted requests
   */
  public int abortClientTransfers() {
    lock.lock();
    try {
      List<Permit> clients = permits.stream().filter(Permit::isWaitingForClient).toList();
      clients.forEach(waiting::abort);
      return clients.size();
    } finally {
      lock.unlock();
    }
  }
}
