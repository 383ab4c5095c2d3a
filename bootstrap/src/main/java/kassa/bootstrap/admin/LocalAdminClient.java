package kassa.bootstrap.admin;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;
import kassa.bootstrap.config.Config;
import kassa.domain.identity.EmailAddress;
import org.jspecify.annotations.Nullable;

/**
 * Client side of the local admin channel. One connection serves one request. Not thread-safe,
 * except {@link #isServerRunning}.
 */
public final class LocalAdminClient implements AutoCloseable {

  private static final int GREETING_TIMEOUT_MILLIS = 10_000;

  private final SocketChannel channel;
  private final DataInputStream in;
  private final DataOutputStream out;

  private LocalAdminClient(SocketChannel channel) {
    this.channel = channel;
    this.in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel)));
    this.out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)));
  }

  /**
   * Connects to the running server.
   *
   * @param config the database and the data folder
   * @return empty if no server runs; the stale socket of a killed server has no effect
   * @throws CommandFailedException if the server does not answer, or another user could listen on
   *     the socket
   */
  public static Optional<LocalAdminClient> connect(Config config) {
    return connect(LocalAdminSocket.of(config));
  }

  /**
   * Connects to the server that has the embedded database open.
   *
   * @return empty if no server has it open, and for PostgreSQL, which a command opens itself
   * @throws CommandFailedException as {@link #connect(Config)} does
   */
  public static Optional<LocalAdminClient> connectIfEmbedded(Config config) {
    return LocalAdminSocket.ofEmbedded(config).flatMap(LocalAdminClient::connect);
  }

  private static Optional<LocalAdminClient> connect(LocalAdminSocket socket) {
    try {
      SocketChannel channel = socket.connect().orElse(null);
      return channel == null ? Optional.empty() : Optional.of(greet(channel));
    } catch (IOException | UnsupportedOperationException broken) {
      throw new CommandFailedException("the running server did not answer: " + broken.getMessage());
    }
  }

  private static LocalAdminClient greet(SocketChannel channel) throws IOException {
    LocalAdminClient client = new LocalAdminClient(channel);
    try {
      awaitGreeting(channel);
      if (client.in.readUTF().equals(LocalAdminServer.GREETING)) {
        return client;
      }
      throw new CommandFailedException("the server has another version");
    } catch (IOException | RuntimeException failure) {
      client.close();
      throw failure;
    }
  }

  private static void awaitGreeting(SocketChannel channel) throws IOException {
    channel.configureBlocking(false);
    try (Selector selector = Selector.open()) {
      channel.register(selector, SelectionKey.OP_READ);
      if (selector.select(GREETING_TIMEOUT_MILLIS) == 0) {
        throw new IOException("no answer within " + GREETING_TIMEOUT_MILLIS / 1_000 + " s");
      }
    }
    channel.configureBlocking(true);
  }

  /**
   * Copies the database of the server. The server deletes the copy when this client is closed.
   *
   * @return the file of the copy, without the suffix of H2
   * @throws CommandFailedException if the server cannot write it
   */
  public Path copyDatabase() throws IOException {
    out.writeUTF("copy");
    out.flush();
    return Path.of(LocalAdminResponse.readText(in));
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

  /**
   * Returns the URL of the HTTP server. The connection then stays open until the server stops; see
   * {@link #isServerRunning}.
   */
  public String serverAddress() throws IOException {
    out.writeUTF("address");
    out.flush();
    String address = LocalAdminResponse.readText(in);
    channel.configureBlocking(false);
    return address;
  }

  /**
   * Whether the process that reported its {@link #serverAddress} still runs. After its end, another
   * program may have its port. Thread-safe.
   */
  public boolean isServerRunning() {
    try {
      // The server sends no more bytes: there is none yet, or the stream has ended.
      return channel.read(ByteBuffer.allocate(1)) == 0;
    } catch (IOException closed) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException ignored) {
      // The channel ends with the process.
    }
  }
}
