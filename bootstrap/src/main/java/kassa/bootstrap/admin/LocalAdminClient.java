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
import kassa.domain.identity.EmailAddress;

/** Asks the server that has a database open, if there is one. */
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
   * Calls the server of a database.
   *
   * @param database the database's file without its ending
   * @return nothing if no server has it open; a file that a killed one left leads nowhere
   */
  public static Optional<LocalAdminClient> connect(Path database) {
    return LocalAdminFile.read(LocalAdminFile.pathFor(database)).flatMap(LocalAdminClient::connect);
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
    } catch (IOException nobody) {
      // Nobody listens there, or somebody else does by now.
    }
    closeQuietly(socket);
    return Optional.empty();
  }

  /** The server of another database may have got the port of one that was killed. */
  private boolean authenticate(String token) throws IOException {
    out.writeUTF(token);
    out.flush();
    return in.readBoolean();
  }

  public QuerySummary query(SqlQuery question, ResultSink answer) throws IOException {
    out.writeUTF("sql");
    out.writeLong(question.maxRows());
    out.writeLong(question.timeout().toSeconds());
    out.writeUTF(question.sql());
    out.flush();
    return LocalAdminResponse.copyResult(in, answer);
  }

  public long backup(Path file, boolean overwrite) throws IOException {
    out.writeUTF("backup");
    out.writeUTF(file.toString());
    out.writeBoolean(overwrite);
    out.flush();
    return LocalAdminResponse.readLength(in);
  }

  /**
   * Replaces the password of a user, and tells the new one.
   *
   * @throws CommandFailedException if it was not done
   */
  public String replacePassword(EmailAddress email) throws IOException {
    out.writeUTF("password");
    out.writeUTF(email.value());
    out.flush();
    return LocalAdminResponse.readText(in);
  }

  /** Where the server listens for everybody. */
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
      // It ends with the process.
    }
  }
}
