package kassa.bootstrap.admin;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.Semaphore;
import kassa.adapters.persistence.Persistence;
import kassa.adapters.persistence.admin.DatabaseAdminException;
import kassa.adapters.persistence.admin.SqlQuery;
import kassa.application.port.out.StoreUnavailableException;
import kassa.bootstrap.config.Config;
import kassa.bootstrap.config.SecretRedactor;
import kassa.domain.InvalidValueException;
import kassa.domain.identity.EmailAddress;

/**
 * Server side of the local admin channel, by which other commands of the local operator reach a
 * running server. It listens on a free port of the loopback address; {@link LocalAdminFile} has the
 * port and the token. Serves at most four connections at the same time. See docs/decisions/0083.
 */
public final class LocalAdminServer implements AutoCloseable {

  /** First message of the server: the name and the version of the protocol. */
  static final String GREETING = "kassa-local-admin-1";

  private static final int MAX_CONNECTIONS = 4;
  private static final int READ_TIMEOUT_MILLIS = 5_000;

  private final Persistence persistence;
  private final LocalOperatorUsers users;
  private final LocalOperatorSessions sessions;
  private final Path path;
  private final ServerSocket socket;
  private final LocalAdminFile file;
  private final String address;
  private final Semaphore connectionPermits = new Semaphore(MAX_CONNECTIONS);

  private LocalAdminServer(
      Persistence persistence,
      LocalOperatorUsers users,
      LocalOperatorSessions sessions,
      Path path,
      ServerSocket socket,
      LocalAdminFile file,
      String address) {
    this.persistence = persistence;
    this.users = users;
    this.sessions = sessions;
    this.path = path;
    this.socket = socket;
    this.file = file;
    this.address = address;
  }

  /**
   * Starts to listen, and then writes the file with the port and the token.
   *
   * @param config determines the path of the file
   * @param address URL of the HTTP server
   * @throws IllegalStateException if the port or the file is not available
   */
  public static LocalAdminServer start(
      Persistence persistence,
      LocalOperatorUsers users,
      LocalOperatorSessions sessions,
      Config config,
      String address) {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    String token = HexFormat.of().formatHex(secret);
    Path path = LocalAdminFile.pathFor(config);
    try {
      ServerSocket socket = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
      LocalAdminFile file = new LocalAdminFile(socket.getLocalPort(), token);
      LocalAdminServer server =
          new LocalAdminServer(persistence, users, sessions, path, socket, file, address);
      try {
        file.write(path);
      } catch (IOException unwritable) {
        socket.close();
        throw unwritable;
      }
      Thread.ofVirtual().name("local-admin").start(server::serve);
      return server;
    } catch (IOException failure) {
      throw new IllegalStateException("cannot open the local admin channel", failure);
    }
  }

  /** Deletes the file and stops to listen. */
  @Override
  public void close() {
    try (socket) {
      file.deleteFrom(path);
    } catch (IOException ignored) {
      // The socket ends with the process, and clients detect a stale file.
    }
  }

  private void serve() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        if (connectionPermits.tryAcquire()) {
          Thread.ofVirtual().name("local-admin-call").start(() -> serveAndRelease(connection));
        } else {
          connection.close();
        }
      } catch (IOException closedOrFailed) {
        // If the socket is closed, the loop ends. Otherwise the next connection may succeed.
      }
    }
  }

  private void serveAndRelease(Socket connection) {
    try (connection;
        DataInputStream in =
            new DataInputStream(new BufferedInputStream(connection.getInputStream()));
        DataOutputStream out =
            new DataOutputStream(new BufferedOutputStream(connection.getOutputStream()))) {
      connection.setSoTimeout(READ_TIMEOUT_MILLIS);
      out.writeUTF(GREETING);
      out.flush();
      boolean authenticated = matchesToken(in.readUTF());
      out.writeBoolean(authenticated);
      out.flush();
      if (authenticated) {
        serve(in, new LocalAdminResponse(out));
        out.flush();
      }
    } catch (IOException disconnected) {
      // The client does not need the response any more.
    } finally {
      connectionPermits.release();
    }
  }

  private void serve(DataInputStream in, LocalAdminResponse response) throws IOException {
    try {
      switch (in.readUTF()) {
        case "sql" -> {
          long maxRows = in.readLong();
          Duration timeout = Duration.ofSeconds(in.readLong());
          SqlQuery query = new SqlQuery(in.readUTF(), maxRows, timeout);
          response.writeSuccess(persistence.query(query, response));
        }
        case "backup" -> {
          Path target = Path.of(in.readUTF());
          response.writeSuccess(persistence.backup(target, in.readBoolean()));
        }
        case "password" ->
            response.writeSuccess(users.replacePassword(new EmailAddress(in.readUTF())));
        case "login" -> {
          String email = in.readUTF();
          response.writeSuccess(sessions.start(email.isEmpty() ? null : new EmailAddress(email)));
        }
        case "address" -> response.writeSuccess(address);
        default ->
            response.writeFailure("the server has another version and does not know the command");
      }
    } catch (CommandFailedException | DatabaseAdminException | InvalidValueException rejected) {
      response.writeFailure(String.valueOf(rejected.getMessage()));
    } catch (StoreUnavailableException | IllegalStateException unable) {
      response.writeFailure(SecretRedactor.failureReason(unable));
    }
  }

  private boolean matchesToken(String candidate) {
    return MessageDigest.isEqual(
        candidate.getBytes(StandardCharsets.UTF_8), file.token().getBytes(StandardCharsets.UTF_8));
  }
}
