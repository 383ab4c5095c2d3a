package kassa.bootstrap.admin;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import kassa.adapters.persistence.Persistence;
import kassa.adapters.persistence.admin.DatabaseAdminException;
import kassa.application.port.out.StoreUnavailableException;
import kassa.bootstrap.config.Config;
import kassa.bootstrap.config.SecretRedactor;
import kassa.domain.InvalidValueException;
import kassa.domain.identity.EmailAddress;
import org.jspecify.annotations.Nullable;

/**
 * Server side of the local admin channel, by which other commands of the local operator reach a
 * running server. It listens on a {@link LocalAdminSocket}. Serves at most 64 connections at the
 * same time; further ones wait. A client must send its whole request within five seconds. See
 * docs/decisions/0083.
 */
public final class LocalAdminServer implements AutoCloseable {

  /** First message of the server: the name and the version of the protocol. */
  static final String GREETING = "kassa-local-admin-3";

  private static final int MAX_CONNECTIONS = 64;
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);

  /** Time until the next connection is accepted after a failure. */
  private static final Duration ACCEPT_RETRY = Duration.ofMillis(100);

  private final Persistence persistence;
  private final LocalOperatorUsers users;
  private final LocalOperatorSessions sessions;
  private final String address;
  private final LocalAdminSocket socket;
  private final ServerSocketChannel listener;
  private final @Nullable Object fileKey;
  private final Semaphore connectionPermits = new Semaphore(MAX_CONNECTIONS);
  private final Set<SocketChannel> watchers = ConcurrentHashMap.newKeySet();

  /** Copies of the database for queries, until their client has closed its connection. */
  private final Map<SocketChannel, Path> copies = new ConcurrentHashMap<>();

  private LocalAdminServer(
      Persistence persistence,
      LocalOperatorUsers users,
      LocalOperatorSessions sessions,
      String address,
      LocalAdminSocket socket,
      ServerSocketChannel listener) {
    this.persistence = persistence;
    this.users = users;
    this.sessions = sessions;
    this.address = address;
    this.socket = socket;
    this.listener = listener;
    this.fileKey = socket.fileKey();
  }

  /**
   * Starts to listen. Clients that connect wait until {@link #serve}.
   *
   * @param config determines the path of the socket
   * @param address URL of the HTTP server
   * @throws IllegalStateException if the socket cannot be created
   */
  public static LocalAdminServer listen(
      Persistence persistence,
      LocalOperatorUsers users,
      LocalOperatorSessions sessions,
      Config config,
      String address) {
    LocalAdminSocket socket = LocalAdminSocket.of(config);
    try {
      return new LocalAdminServer(persistence, users, sessions, address, socket, socket.listen());
    } catch (IOException | UnsupportedOperationException failure) {
      throw new IllegalStateException("cannot open the local admin channel", failure);
    }
  }

  /** Answers the clients from now on, in a thread of its own. Called once. */
  public void serve() {
    Thread.ofVirtual().name("local-admin").start(this::acceptConnections);
  }

  /**
   * Deletes the socket, stops to listen and tells the watching clients, which know it when this
   * returns.
   */
  @Override
  public void close() {
    try (listener) {
      socket.delete(fileKey);
    } catch (IOException ignored) {
      // The channel ends with the process, and clients detect a stale socket.
    }
    watchers.forEach(LocalAdminServer::end);
  }

  /**
   * Closing alone would not reach the client yet: a channel that a virtual thread reads stays open
   * until that thread runs.
   */
  private static void end(SocketChannel watcher) {
    try (watcher) {
      watcher.shutdownOutput();
    } catch (IOException ignored) {
      // The client is gone.
    }
  }

  private void acceptConnections() {
    while (listener.isOpen()) {
      connectionPermits.acquireUninterruptibly();
      try {
        SocketChannel connection = listener.accept();
        Thread.ofVirtual().name("local-admin-call").start(() -> serveAndRelease(connection));
      } catch (IOException closedOrFailed) {
        // If the listener is closed, the loop ends. Otherwise the next connection may succeed, such
        // as when the process has free file descriptors again.
        connectionPermits.release();
        LockSupport.parkNanos(ACCEPT_RETRY.toNanos());
      }
    }
  }

  private void serveAndRelease(SocketChannel connection) {
    CountDownLatch received = new CountDownLatch(1);
    Thread.ofVirtual().name("local-admin-timeout").start(() -> closeIfLate(connection, received));
    try (connection;
        DataInputStream in =
            new DataInputStream(new BufferedInputStream(Channels.newInputStream(connection)));
        DataOutputStream out =
            new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(connection)))) {
      out.writeUTF(GREETING);
      out.flush();
      Request request = readRequest(in, connection);
      received.countDown();
      request.serve(new LocalAdminResponse(out));
      out.flush();
      if (watchers.contains(connection) || copies.containsKey(connection)) {
        // Returns when the client has closed the connection, or this server has.
        in.read();
      }
    } catch (IOException disconnected) {
      // The client does not need the response any more.
    } finally {
      received.countDown();
      watchers.remove(connection);
      LocalAdminSocket.deleteCopy(copies.remove(connection));
      connectionPermits.release();
    }
  }

  private static void closeIfLate(SocketChannel connection, CountDownLatch received) {
    try {
      if (!received.await(REQUEST_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        connection.close();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (IOException ignored) {
      // The connection is closed in any case.
    }
  }

  /** A request that was received completely. */
  private interface Request {

    void run(LocalAdminResponse response) throws IOException;

    /** Runs the request; a failure is the response. */
    default void serve(LocalAdminResponse response) throws IOException {
      try {
        run(response);
      } catch (CommandFailedException | DatabaseAdminException | InvalidValueException rejected) {
        response.writeFailure(String.valueOf(rejected.getMessage()));
      } catch (StoreUnavailableException | IllegalStateException unable) {
        response.writeFailure(SecretRedactor.failureReason(unable));
      }
    }
  }

  private Request readRequest(DataInputStream in, SocketChannel connection) throws IOException {
    return switch (in.readUTF()) {
      case "copy" -> {
        Path base = socket.newCopy();
        copies.put(connection, base);
        yield response -> {
          persistence.admin().copy(base);
          response.writeSuccess(base.toString());
        };
      }
      case "backup" -> {
        Path target = Path.of(in.readUTF());
        boolean overwrite = in.readBoolean();
        yield response -> response.writeSuccess(persistence.admin().backup(target, overwrite));
      }
      case "password" -> {
        String email = in.readUTF();
        yield response -> response.writeSuccess(users.replacePassword(new EmailAddress(email)));
      }
      case "login" -> {
        String email = in.readUTF();
        yield response ->
            response.writeSuccess(sessions.start(email.isEmpty() ? null : new EmailAddress(email)));
      }
      case "address" -> {
        watchers.add(connection);
        if (!listener.isOpen()) {
          throw new ClosedChannelException();
        }
        yield response -> response.writeSuccess(address);
      }
      default ->
          response ->
              response.writeFailure("the server has another version and does not know the command");
    };
  }
}
