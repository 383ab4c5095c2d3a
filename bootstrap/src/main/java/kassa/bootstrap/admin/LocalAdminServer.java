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
import java.nio.file.Files;
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
import kassa.bootstrap.config.SecretRedactor;
import kassa.domain.InvalidValueException;
import kassa.domain.identity.EmailAddress;

/**
 * Where the server of an embedded database can be asked by other commands of its owner, for only
 * one process can open the file. It listens on the loopback address; {@link LocalAdminFile} says
 * where and tells the token. See docs/decisions/0083.
 */
public final class LocalAdminServer implements AutoCloseable {

  /** What a server says first. */
  static final String GREETING = "kassa-control-1";

  private static final int MAX_CONNECTIONS = 4;
  private static final int READ_TIMEOUT_MILLIS = 5_000;

  private final Persistence persistence;
  private final LocalOperatorUsers users;
  private final Path file;
  private final ServerSocket socket;
  private final String token;
  private final String address;
  private final Semaphore connectionPermits = new Semaphore(MAX_CONNECTIONS);

  private LocalAdminServer(
      Persistence persistence,
      LocalOperatorUsers users,
      Path file,
      ServerSocket socket,
      String token,
      String address) {
    this.persistence = persistence;
    this.users = users;
    this.file = file;
    this.socket = socket;
    this.token = token;
    this.address = address;
  }

  /**
   * Begins to listen, and says where in the file beside the database.
   *
   * @param address where the server listens for everybody
   * @throws IllegalStateException if that cannot be done
   */
  public static LocalAdminServer start(
      Persistence persistence, LocalOperatorUsers users, Path database, String address) {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    String token = HexFormat.of().formatHex(secret);
    Path file = LocalAdminFile.pathFor(database);
    try {
      ServerSocket socket = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
      LocalAdminServer server =
          new LocalAdminServer(persistence, users, file, socket, token, address);
      new LocalAdminFile(socket.getLocalPort(), token).write(file);
      Thread.ofVirtual().name("control").start(server::serve);
      return server;
    } catch (IOException failure) {
      throw new IllegalStateException("cannot be asked by other commands", failure);
    }
  }

  /** Listens no longer, and takes its file away. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
      socket.close();
    } catch (IOException ignored) {
      // The socket ends with the process, and a file that is left is known to be stale.
    }
  }

  private void serve() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        if (connectionPermits.tryAcquire()) {
          Thread.ofVirtual().name("controlled").start(() -> serveAndRelease(connection));
        } else {
          connection.close();
        }
      } catch (IOException closedOrTired) {
        // Closed: the loop ends. Otherwise the next caller may have more luck.
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
      boolean known = matchesToken(in.readUTF());
      out.writeBoolean(known);
      out.flush();
      if (known) {
        serve(in, new LocalAdminResponse(out));
        out.flush();
      }
    } catch (IOException gone) {
      // Whoever asked does not want to know any more.
    } finally {
      connectionPermits.release();
    }
  }

  private void serve(DataInputStream in, LocalAdminResponse answer) throws IOException {
    try {
      switch (in.readUTF()) {
        case "sql" -> {
          long maxRows = in.readLong();
          Duration timeout = Duration.ofSeconds(in.readLong());
          SqlQuery question = new SqlQuery(in.readUTF(), maxRows, timeout);
          answer.writeSuccess(persistence.query(question, answer));
        }
        case "backup" -> {
          Path target = Path.of(in.readUTF());
          answer.writeSuccess(persistence.backup(target, in.readBoolean()));
        }
        case "password" ->
            answer.writeSuccess(users.replacePassword(new EmailAddress(in.readUTF())));
        case "address" -> answer.writeSuccess(address);
        default ->
            answer.writeFailure("the server is of another version and does not know the command");
      }
    } catch (CommandFailedException | DatabaseAdminException | InvalidValueException refused) {
      answer.writeFailure(String.valueOf(refused.getMessage()));
    } catch (StoreUnavailableException | IllegalStateException unable) {
      answer.writeFailure(SecretRedactor.failureReason(unable));
    }
  }

  private boolean matchesToken(String candidate) {
    return MessageDigest.isEqual(
        candidate.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
  }
}
