package kassa.adapters.http.routing;

import io.javalin.http.Context;
import java.net.InetAddress;
import java.util.function.Predicate;
import kassa.adapters.http.problem.Problem;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.ProblemKind;
import kassa.adapters.http.request.BodyWait;
import kassa.adapters.http.request.IpNetwork;
import kassa.adapters.http.request.RequestBody;
import kassa.domain.identity.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Permit to run one request; closing it releases it. Whether the request runs, and for which
 * client, is guarded by the lock of the {@link ConcurrencyLimiter}.
 */
final class Permit implements AutoCloseable {

  private static final String ATTRIBUTE = "kassa.permit";

  private final ConcurrencyLimiter limiter;
  private final RequestClass requestClass;
  private final PermitGroup group;
  private final Context context;
  private final WritePace pace = new WritePace();
  private @Nullable Object client;
  private boolean running;

  Permit(
      ConcurrencyLimiter limiter, RequestClass requestClass, PermitGroup group, Context context) {
    this.limiter = limiter;
    this.requestClass = requestClass;
    this.group = group;
    this.context = context;
  }

  /** Returns the permit of a request; {@code null} if it has none. */
  static @Nullable Permit of(Context context) {
    return context.attribute(ATTRIBUTE);
  }

  /**
   * Gives up the permit of a request whose response is about to be sent.
   *
   * @param bytes size of the response, which determines how long its client may take
   */
  static void beginResponse(Context context, int bytes) {
    Permit permit = of(context);
    if (permit != null) {
      permit.limiter.beginWaiting(permit, bytes);
    }
  }

  /** Attaches the permit to its request, which gives it up while its body arrives. */
  void attach() {
    context.attribute(ATTRIBUTE, this);
    if (!requestClass.isBulk()) {
      new BodyWait(
              () -> limiter.beginWaiting(this, WaitingRequests.NO_RESPONSE),
              () -> limiter.resumeAfterBody(this))
          .install(context);
    }
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
      requireShare(id, "caller");
    }
  }

  /**
   * Counts an anonymous request for its address, or IPv6 network of 64 bits, which may have only a
   * share of the permits.
   *
   * @throws ProblemException if the address has the share already
   */
  void requireShareOfAddress(String address) {
    requireShare(IpNetwork.keyOfClient(address), "address");
  }

  private void requireShare(Object ofClient, String what) {
    if (!limiter.assign(this, ofClient)) {
      throw new ProblemException(
          ProblemKind.OVERLOADED,
          "The request was not processed. At most "
              + group.maxPerClient()
              + (requestClass.isBulk()
                  ? " batches, imports, exports, reports and event streams"
                  : " requests of this kind")
              + " of one "
              + what
              + " run at the same time; retry later.");
    }
  }

  /**
   * Counts the running request for its client. Needs the lock of the limiter.
   *
   * @return {@code false} if the client has its share already
   */
  boolean assignTo(Object newClient) {
    boolean hasShare = group.hasShareFor(newClient);
    if (hasShare) {
      client = newClient;
      group.assign(newClient);
    }
    return hasShare;
  }

  /**
   * Starts the request if a permit is free. Needs the lock of the limiter.
   *
   * @return whether it runs
   */
  boolean tryStart() {
    running = group.hasPermitFor(requestClass) && group.hasShareFor(client);
    if (running) {
      group.start(requestClass, client);
    }
    return running;
  }

  /** Gives the permit up if the request runs. Needs the lock of the limiter. */
  void stop() {
    if (running) {
      running = false;
      group.stop(requestClass, client);
    }
  }

  /** Returns the rejection of the request if no permit is free. */
  Problem overloaded() {
    return group.overloaded();
  }

  /** Returns whether a shutdown waits for the request. */
  boolean delaysShutdown() {
    return requestClass != RequestClass.UNLIMITED;
  }

  /**
   * Returns whether the request waits for its client, which still sends the body or receives the
   * response.
   */
  boolean isWaitingForClient() {
    return RequestBody.isUnread(context) || context.res().isCommitted();
  }

  /** Returns the address, or IPv6 network of 64 bits, from which the request was sent. */
  String networkOfClient() {
    return IpNetwork.keyOfClient(context.ip());
  }

  /**
   * Returns whether the connection of the request has one of these addresses. The connections of a
   * proxy belong to the proxy, not to its clients.
   */
  boolean isFrom(Predicate<InetAddress> address) {
    InetAddress peer = ConnectionAbortHandler.peerOf(context);
    return peer != null && address.test(peer);
  }

  WritePace pace() {
    return pace;
  }

  /** Aborts the request. Needs the lock of the limiter, so that the request cannot end before. */
  void abort() {
    ConnectionAbortHandler.abort(context);
  }

  /** Closes the connection of the request. Needs the lock of the limiter, as {@link #abort}. */
  void closeConnection() {
    ConnectionAbortHandler.closeConnection(context);
  }

  @Override
  public void close() {
    limiter.release(this);
  }
}
