package kassa.bootstrap.admin;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Optional;
import kassa.adapters.persistence.admin.QuerySummary;
import kassa.adapters.persistence.admin.ResultSink;
import kassa.adapters.persistence.admin.SqlQuery;
import kassa.bootstrap.config.Config;
import kassa.domain.identity.EmailAddress;
import org.jspecify.annotations.Nullable;

/** Client side of the local admin channel. One connection serves one request. Not thread-safe. */
public final class LocalAdminClient implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 2_000;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;

  private LocalAdminClient(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    this.out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
  }

  /**
   * Connects to the running server.
   *
   * @param config the database and the data folder
   * @return empty if no server runs; the stale file of a killed server has no effect
   */
  public static Optional<LocalAdminClient> connect(Config config) {
    return connect(LocalAdminFile.pathFor(config));
  }

  /**
   * Connects to the server that has the embedded database open.
   *
   * @return empty if no server has it open, and for PostgreSQL, which a command opens itself
   */
  public static Optional<LocalAdminClient> connectIfEmbedded(Config config) {
    return LocalAdminFile.pathForEmbedded(config).flatMap(LocalAdminClient::connect);
  }

  private static Optional<LocalAdminClient> connect(Path file) {
    return LocalAdminFile.read(file).flatMap(LocalAdminClient::connect);
  }

  private static Optional<LocalAdminClient> connect(LocalAdminFile file) {
    Socket socket = new Socket();
    try {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), file.port()), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      LocalAdminClient client = new LocalAdminClient(socket);
      if (client.in.readUTF().equals(LocalAdminServer.GREETING)
          && client.authenticate(file.token())) {
        socket.setSoTimeout(0);
        return Optional.of(client);
      }
    } catch (IOException notListening) {
      // No process listens on the port, or another program does.
    }
    closeQuietly(socket);
    return Optional.empty();
  }

  /** Checks the token: another server may have the port of a server that was killed. */
  private boolean authenticate(String token) throws IOException {
    out.writeUTF(token);
    out.flush();
    return in.readBoolean();
  }

  /**
   * Runs a read-only query.
   *
   * @throws CommandFailedException if the server rejects the query
   */
  public QuerySummary query(SqlQuery query, ResultSink sink) throws IOException {
    out.writeUTF("sql");
    out.writeLong(query.maxRows());
    out.writeLong(query.timeout().toSeconds());
    out.writeUTF(query.sql());
    out.flush();
    return LocalAdminResponse.copyResult(in, sink);
  }

  /**
   * Writes a backup.
   *
   * @param overwrite whether an existing file is replaced
   * @return the size of the backup in bytes
   * @throws CommandFailedException if the backup fails
   */
  public long backup(Path file, boolean overwrite) throws IOException {
    out.writeUTF("backup");
    out.writeUTF(file.toString());
    out.writeBoolean(overwrite);
    out.flush();
    return LocalAdminResponse.readLength(in);
  }

  /**
   * Replaces the password of a user by a temporary one.
   *
   * @return the temporary password
   * @throws CommandFailedException if the user does not exist, or the server is overloaded
   */
  public String replacePassword(EmailAddress email) throws IOException {
    out.writeUTF("password");
    out.writeUTF(email.value());
    out.flush();
    return LocalAdminResponse.readText(in);
  }

  /**
   * Starts a session.
   *
   * @param email the user; {@code null} for the first admin of the server
   * @return the session token
   * @throws CommandFailedException if the user does not exist or is disabled
   */
  public String login(@Nullable EmailAddress email) throws IOException {
    out.writeUTF("login");
    out.writeUTF(email == null ? "" : email.value());
    out.flush();
    return LocalAdminResponse.readText(in);
  }

  /** URL of the HTTP server. */
  public String serverAddress() throws IOException {
    out.writeUTF("address");
    out.flush();
    return LocalAdminResponse.readText(in);
  }

  @Override
  public void close() {
    closeQuietly(socket);
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException ignored) {
      // The socket ends with the process.
    }
  }
}
