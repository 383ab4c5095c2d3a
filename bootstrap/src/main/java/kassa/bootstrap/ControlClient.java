package kassa.bootstrap;

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
import kassa.adapters.persistence.Persistence;
import kassa.adapters.persistence.Persistence.Answered;
import kassa.adapters.persistence.Persistence.Question;
import kassa.domain.identity.EmailAddress;

/** Asks the server that has a database open, if there is one. */
final class ControlClient implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 2_000;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;

  private ControlClient(Socket socket) throws IOException {
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
  static Optional<ControlClient> call(Path database) {
    return ControlFile.read(ControlFile.beside(database)).flatMap(ControlClient::call);
  }

  private static Optional<ControlClient> call(ControlFile file) {
    Socket socket = new Socket();
    try {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), file.port()), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      ControlClient client = new ControlClient(socket);
      if (client.in.readUTF().equals(ControlSocket.GREETING) && client.isKnownBy(file.token())) {
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
  private boolean isKnownBy(String token) throws IOException {
    out.writeUTF(token);
    out.flush();
    return in.readBoolean();
  }

  Answered ask(Question question, Persistence.Answer answer) throws IOException {
    out.writeUTF("sql");
    out.writeLong(question.mostRows());
    out.writeLong(question.longest().toSeconds());
    out.writeUTF(question.sql());
    out.flush();
    return ControlAnswer.passOn(in, answer);
  }

  long backup(Path file, boolean overwrite) throws IOException {
    out.writeUTF("backup");
    out.writeUTF(file.toString());
    out.writeBoolean(overwrite);
    out.flush();
    return ControlAnswer.length(in);
  }

  /**
   * Replaces the password of a user, and tells the new one.
   *
   * @throws CommandFailedException if it was not done
   */
  String replacePassword(EmailAddress email) throws IOException {
    out.writeUTF("password");
    out.writeUTF(email.value());
    out.flush();
    return ControlAnswer.text(in);
  }

  /** Where the server listens for everybody. */
  String address() throws IOException {
    out.writeUTF("address");
    out.flush();
    return ControlAnswer.text(in);
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
