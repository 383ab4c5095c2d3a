package kassa.bootstrap.admin;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import kassa.bootstrap.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * Address of the server that has the embedded database open. Holds a connection of the local admin
 * channel to know whether this process still runs: after its end another program may have its HTTP
 * port. Finds the server again after a restart. Thread-safe.
 */
public final class RunningServer implements Supplier<Optional<URI>>, AutoCloseable {

  private final Config config;
  private @Nullable LocalAdminClient client;
  private @Nullable URI address;

  /**
   * @param config the database and the data folder
   */
  public RunningServer(Config config) {
    this.config = config;
  }

  /**
   * URL of the server; empty if no server has the embedded database open, and for PostgreSQL.
   *
   * @throws CommandFailedException if another user could listen on the socket
   */
  @Override
  public synchronized Optional<URI> get() {
    if (client == null || !client.isServerRunning()) {
      connect();
    }
    return Optional.ofNullable(address);
  }

  private void connect() {
    close();
    LocalAdminClient connected = LocalAdminClient.connectIfEmbedded(config).orElse(null);
    if (connected != null) {
      try {
        address = URI.create(connected.serverAddress());
        client = connected;
      } catch (IOException | CommandFailedException stopped) {
        connected.close();
      }
    }
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.close();
    }
    client = null;
    address = null;
  }
}
