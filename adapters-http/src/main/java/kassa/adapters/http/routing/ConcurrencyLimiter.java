package kassa.adapters.http.routing;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kassa.adapters.http.problem.Problem;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.ProblemKind;
import kassa.adapters.http.request.BodyWait;
import kassa.adapters.http.request.IpNetwork;
import kassa.adapters.http.request.RequestBody;
import kassa.domain.identity.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Concurrency limit with load shedding: a request gets a permit at once or is rejected, before its
 * body is read; there is no queue. Each class of requests has its own permits, and one address or
 * caller gets at most a share of them. After {@link #close} no request gets a permit (graceful
 * shutdown). See docs/decisions/0091.
 *
 * <p>A request that waits for its client, for the rest of its body or until its response is sent,
 * gives its permit up meanwhile. Waiting requests have a maximum of their own, beyond which the
 * longest waiting one of the busiest address is aborted. See docs/decisions/0119. Thread-safe.
 *
 * <p>Looked at: Jetty's {@code QoSHandler} queues requests above one limit, its {@code
 * ThreadLimitHandler} delays those of one address, and Resilience4j's {@code Bulkhead} counts the
 * permits of one class. None has shares of callers, or permits that a waiting request gives up.
 */
public final class ConcurrencyLimiter {

  /** The group of permits that an endpoint uses. */
  public enum RequestClass {
    /** Health and version endpoints: need no permit and are never rejected. */
    UNLIMITED,
    /** Endpoints for anonymous callers: login, the contract and its page. */
    OPEN,
    /** Endpoints that handle one thing per request. */
    SINGLE,
    /** Batches and streams of orders. */
    BATCH,
    /** Imports of products. */
    IMPORT,
    /** Exports of orders. */
    EXPORT,
    /** Sales reports. */
    REPORT;

    /** Returns whether the run time of a request grows with the amount of data. */
    boolean isBulk() {
      return compareTo(BATCH) >= 0;
    }
  }

  /** One caller may have a fourth of the bulk permits, and three fourths of the others. */
  private static final int BULK_SHARE_DIVISOR = 4;

  /** An eighth of the bulk permits is kept for each kind of bulk requests. */
  private static final int BULK_RESERVE_DIVISOR = 8;

  /** Open requests get a quarter of the permits of single ones in addition, but not fewer. */
  private static final int MIN_OPEN = 8;

  /** Requests that wait for their client, per permit of single requests. */
  private static final int MAX_WAITING_PER_PERMIT = 4;

  /**
   * Minimum average rate at which a client reads a response that it does not read at once, in bytes
   * per second: 16 KiB.
   */
  private static final int MIN_BYTES_PER_SECOND = 1 << 14;

  private static final String PERMIT_ATTRIBUTE = "kassa.permit";

  private final Map<RequestClass, Group> groups = new EnumMap<>(RequestClass.class);
  private final Group singleRequests;
  private final int maxWaiting;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private final Set<Permit> permits = new LinkedHashSet<>();
  private final Set<Permit> waiting = new LinkedHashSet<>();
  private volatile boolean closed;
  private volatile boolean isFull;

  /**
   * @param maxSingle maximum number of concurrent single requests, 1 or more
   * @param maxBulk maximum number of concurrent bulk requests, 1 or more
   */
  public ConcurrencyLimiter(int maxSingle, int maxBulk) {
    int maxOpen = Math.max(MIN_OPEN, maxSingle / 4);
    singleRequests = new Group(maxSingle, maxSingle - maxSingle / 4);
    groups.put(RequestClass.UNLIMITED, new Group(Integer.MAX_VALUE, Integer.MAX_VALUE));
    groups.put(RequestClass.OPEN, new Group(maxOpen, maxOpen - maxOpen / 4));
    groups.put(RequestClass.SINGLE, singleRequests);
    Group bulk =
        new Group(
            maxBulk,
            Math.max(1, maxBulk / BULK_SHARE_DIVISOR),
            List.of(
                RequestClass.BATCH, RequestClass.IMPORT, RequestClass.EXPORT, RequestClass.REPORT),
            maxBulk / BULK_RESERVE_DIVISOR);
    bulk.kinds.forEach(kind -> groups.put(kind, bulk));
    maxWaiting = MAX_WAITING_PER_PERMIT * Math.max(MIN_OPEN, maxSingle);
  }

  /** Requests that run and share permits, some of which are kept for each kind of requests. */
  private static final class Group {

    private final int max;
    private final int maxPerClient;
    private final List<RequestClass> kinds;
    private final int reserve;
    private final Map<Object, Integer> runningByClient = new HashMap<>();
    private final Map<RequestClass, Integer> runningByKind = new EnumMap<>(RequestClass.class);
    private int running;

    Group(int max, int maxPerClient) {
      this(max, maxPerClient, List.of(), 0);
    }

    Group(int max, int maxPerClient, List<RequestClass> kinds, int reserve) {
      this.max = max;
      this.maxPerClient = maxPerClient;
      this.kinds = kinds;
      this.reserve = reserve;
    }

    /** Returns whether a permit is free that is not kept for another kind. */
    boolean hasPermitFor(RequestClass kind) {
      int kept =
          kinds.stream()
              .filter(other -> other != kind)
              .mapToInt(other -> Math.max(0, reserve - runningByKind.getOrDefault(other, 0)))
              .sum();
      return running + kept < max;
    }

    void count(RequestClass kind, int change) {
      running += change;
      runningByKind.merge(kind, change, Integer::sum);
    }

    Problem overloaded() {
      return ConcurrencyLimiter.overloaded(max - reserve * Math.max(0, kinds.size() - 1));
    }
  }

  /** Permit to run one request; closing it releases it. */
  final class Permit implements AutoCloseable {

    private final RequestClass requestClass;
    private final Group group;
    private final Context context;
    private @Nullable Object client;
    private boolean running;
    private long waitingSince;
    private long responseBytes = -1;
    private boolean writing;
    private long writingSince;
    private long missedNanos;

    private Permit(RequestClass requestClass, Context context) {
      this.requestClass = requestClass;
      this.group = groups.getOrDefault(requestClass, singleRequests);
      this.context = context;
    }

    /**
     * Counts the request for its caller, who may have only a share of the permits: one caller must
     * not block all others. Callers are counted like in the rate limit.
     *
     * @throws ProblemException if the caller has the share already
     */
    void requireShare(Caller caller) {
      Record id =
          switch (caller) {
            case Caller.SignedIn user -> user.user();
            case Caller.ApiClient program -> program.key();
            case Caller.LocalOperator(), Caller.Anonymous() -> null;
          };
      if (id != null) {
        assignTo(id, "caller");
      }
    }

    /**
     * Counts an anonymous request for its address, or IPv6 network of 64 bits, which may have only
     * a share of the permits.
     *
     * @throws ProblemException if the address has the share already
     */
    void requireShareOfAddress(String address) {
      assignTo(IpNetwork.keyOfClient(address), "address");
    }

    private void assignTo(Object newClient, String what) {
      lock.lock();
      try {
        if (group.runningByClient.getOrDefault(newClient, 0) >= group.maxPerClient) {
          throw new ProblemException(
              ProblemKind.OVERLOADED,
              "The request was not processed. At most "
                  + group.maxPerClient
                  + (requestClass.isBulk()
                      ? " batches, imports, exports and reports"
                      : " requests of this kind")
                  + " of one "
                  + what
                  + " run at the same time; retry later.");
        }
        client = newClient;
        countClient(1);
      } finally {
        lock.unlock();
      }
    }

    private void beginBody() {
      beginWaiting(this, -1);
    }

    private void endBody() {
      lock.lock();
      try {
        waiting.remove(this);
        boolean hasShare =
            client != null && group.runningByClient.getOrDefault(client, 0) >= group.maxPerClient;
        if (hasShare || !group.hasPermitFor(requestClass)) {
          throw new ProblemException(group.overloaded());
        }
        start();
      } finally {
        lock.unlock();
      }
    }

    /** Gives the permit up for the rest of the request, which only sends its response. */
    private void beginResponse(int bytes) {
      beginWaiting(this, bytes);
    }

    private void start() {
      running = true;
      group.count(requestClass, 1);
      countClient(1);
      isFull = singleRequests.running >= singleRequests.max;
    }

    private void stop() {
      if (running) {
        running = false;
        group.count(requestClass, -1);
        countClient(-1);
        isFull = singleRequests.running >= singleRequests.max;
      }
    }

    private void countClient(int change) {
      if (client != null) {
        group.runningByClient.merge(client, change, (a, b) -> a + b == 0 ? null : a + b);
      }
    }

    /**
     * Returns whether the request waits for its client, which still sends the body or receives the
     * response.
     */
    private boolean isWaitingForClient() {
      return RequestBody.isUnread(context) || context.res().isCommitted();
    }

    void beginWrite() {
      lock.lock();
      try {
        writing = true;
        writingSince = System.nanoTime();
      } finally {
        lock.unlock();
      }
    }

    void endWrite(int bytes) {
      lock.lock();
      try {
        long allowed = bytes * TimeUnit.SECONDS.toNanos(1) / MIN_BYTES_PER_SECOND;
        missedNanos = Math.max(0, missedNanos + System.nanoTime() - writingSince - allowed);
        writing = false;
      } finally {
        lock.unlock();
      }
    }

    private boolean isWritingTooSlowly(long now, Duration timeout) {
      return writing && missedNanos + now - writingSince > timeout.toNanos();
    }

    private boolean isFrom(Predicate<InetAddress> address) {
      InetAddress peer = ConnectionAbortHandler.peerOf(context);
      return peer != null && address.test(peer);
    }

    private boolean isTooSlow(long now, Duration timeout) {
      long allowed = timeout.plusMillis(responseBytes * 1_000 / MIN_BYTES_PER_SECOND).toNanos();
      return responseBytes >= 0 && now - waitingSince > allowed;
    }

    @Override
    public void close() {
      release(this);
    }
  }

  /**
   * Acquires a permit for a request, without waiting.
   *
   * @return the permit; to be closed when the request is done
   * @throws ProblemException if all permits are in use or the limiter is closed
   */
  Permit acquire(RequestClass load, Context context) {
    Permit permit = new Permit(load, context);
    boolean acquired;
    lock.lock();
    try {
      acquired = load == RequestClass.UNLIMITED || (!closed && permit.group.hasPermitFor(load));
      if (acquired) {
        permits.add(permit);
        permit.start();
      }
    } finally {
      lock.unlock();
    }
    if (acquired) {
      context.attribute(PERMIT_ATTRIBUTE, permit);
      if (!load.isBulk()) {
        new BodyWait(permit::beginBody, permit::endBody).install(context);
      }
      return permit;
    }
    if (closed) {
      throw new ProblemException(
          ProblemKind.SHUTTING_DOWN,
          "The request was not processed. The server only finishes requests that already started;"
              + " retry later.");
    }
    throw new ProblemException(permit.group.overloaded());
  }

  /**
   * Gives up the permit of a request whose response is about to be sent.
   *
   * @param bytes size of the response, which determines how long its client may take
   */
  static void beginResponse(Context context, int bytes) {
    Permit permit = context.attribute(PERMIT_ATTRIBUTE);
    if (permit != null) {
      permit.beginResponse(bytes);
    }
  }

  private void beginWaiting(Permit permit, int responseBytes) {
    lock.lock();
    try {
      if (permits.contains(permit)) {
        permit.stop();
        permit.waitingSince = System.nanoTime();
        permit.responseBytes = responseBytes;
        waiting.add(permit);
        if (waiting.size() > maxWaiting) {
          evict();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Aborts the longest waiting request of the address, or IPv6 network of 64 bits, with the most of
   * them.
   */
  private void evict() {
    Map<String, List<Permit>> byAddress =
        waiting.stream()
            .collect(Collectors.groupingBy(permit -> IpNetwork.keyOfClient(permit.context.ip())));
    byAddress.values().stream()
        .max(Comparator.comparingInt(List::size))
        .map(List::getFirst)
        .ifPresent(this::abort);
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
      Permit longest =
          waiting.stream().filter(permit -> permit.isFrom(address)).findFirst().orElse(null);
      if (longest != null) {
        waiting.remove(longest);
        ConnectionAbortHandler.closeConnection(longest.context);
      }
      return longest != null;
    } finally {
      lock.unlock();
    }
  }

  /** Needs the lock, so that the request cannot end before. */
  private void abort(Permit permit) {
    waiting.remove(permit);
    ConnectionAbortHandler.abort(permit.context);
  }

  /**
   * Returns the output of a response that is written while the request runs and holds its permit.
   */
  public static OutputStream outputOf(Context context) throws IOException {
    OutputStream output = context.res().getOutputStream();
    Permit permit = context.attribute(PERMIT_ATTRIBUTE);
    return permit == null ? output : new PacedOutputStream(output, context.res(), permit);
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
      Stream.concat(
              waiting.stream().filter(permit -> permit.isTooSlow(now, timeout)),
              permits.stream().filter(permit -> permit.isWritingTooSlowly(now, timeout)))
          .toList()
          .forEach(this::abort);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns the rejection that a single request would get now; {@code null} if a permit is free.
   * Lock-free, for a check before routing.
   */
  public @Nullable Problem rejectionOfSingle() {
    return isFull && !closed ? overloaded(singleRequests.max) : null;
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
      permit.stop();
      waiting.remove(permit);
      if (permits.remove(permit) && closed && runningRequests() == 0) {
        idle.signalAll();
      }
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
    return (int)
        permits.stream().filter(permit -> permit.requestClass != RequestClass.UNLIMITED).count();
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
      clients.forEach(this::abort);
      return clients.size();
    } finally {
      lock.unlock();
    }
  }
}
