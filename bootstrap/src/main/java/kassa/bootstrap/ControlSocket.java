package kassa.bootstrap;

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
import kassa.adapters.persistence.Persistence.RefusedException;
import kassa.application.port.out.StoreUnavailableException;
import kassa.domain.InvalidValueException;
import kassa.domain.identity.EmailAddress;

/**
 * Where the server of an embedded database can be asked by other commands of its owner, for only
 * one process can open the file. It listens on the loopback address; {@link ControlFile} says where
 * and tells the token. See docs/decisions/0083.
 */
final class ControlSocket implements AutoCloseable {

  /** What a server says first. */
  static final String GREETING = "kassa-control-1";

  private static final int MOST_AT_ONCE = 4;
  private static final int PATIENCE_MILLIS = 5_000;

  private final Persistence persistence;
  private final OwnersUsers users;
  private final Path file;
  private final ServerSocket socket;
  private final String token;
  private final String address;
  private final Semaphore places = new Semaphore(MOST_AT_ONCE);

  private ControlSocket(
      Persistence persistence,
      OwnersUsers users,
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
  static ControlSocket open(
      Persistence persistence, OwnersUsers users, Path database, String address) {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    String token = HexFormat.of().formatHex(secret);
    Path file = ControlFile.beside(database);
    try {
      ServerSocket socket = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
      ControlSocket port = new ControlSocket(persistence, users, file, socket, token, address);
      new ControlFile(socket.getLocalPort(), token).write(file);
      Thread.ofVirtual().name("control").start(port::serve);
      return port;
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
        Socket caller = socket.accept();
        if (places.tryAcquire()) {
          Thread.ofVirtual().name("controlled").start(() -> serveAndRelease(caller));
        } else {
          caller.close();
        }
      } catch (IOException closedOrTired) {
        // Closed: the loop ends. Otherwise the next caller may have more luck.
      }
    }
  }

  private void serveAndRelease(Socket caller) {
    try (caller;
        DataInputStream in = new DataInputStream(new BufferedInputStream(caller.getInputStream()));
        DataOutputStream out =
            new DataOutputStream(new BufferedOutputStream(caller.getOutputStream()))) {
      caller.setSoTimeout(PATIENCE_MILLIS);
      out.writeUTF(GREETING);
      out.flush();
      boolean known = isToken(in.readUTF());
      out.writeBoolean(known);
      out.flush();
      if (known) {
        serve(in, new ControlAnswer(out));
        out.flush();
      }
    } catch (IOException gone) {
      // Whoever asked does not want to know any more.
    } finally {
      places.release();
    }
  }

  private void serve(DataInputStream in, ControlAnswer answer) throws IOException {
    try {
      switch (in.readUTF()) {
        case "sql" -> {
          long mostRows = in.readLong();
          Duration longest = Duration.ofSeconds(in.readLong());
          Persistence.Question question = new Persistence.Question(in.readUTF(), mostRows, longest);
          answer.done(persistence.ask(question, answer));
        }
        case "backup" -> {
          Path target = Path.of(in.readUTF());
          answer.done(persistence.backup(target, in.readBoolean()));
        }
        case "password" -> answer.done(users.replacePassword(new EmailAddress(in.readUTF())));
        case "address" -> answer.done(address);
        default -> answer.failed("the server is of another version and does not know the command");
      }
    } catch (CommandFailedException | RefusedException | InvalidValueException refused) {
      answer.failed(String.valueOf(refused.getMessage()));
    } catch (StoreUnavailableException | IllegalStateException unable) {
      answer.failed(Texts.reason(unable));
    }
  }

  private boolean isToken(String said) {
    return MessageDigest.isEqual(
        said.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
  }
}
