package kassa.adapters.http.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bounds of lingering connections; see {@link EarlyResponseTest} for what they are good for. */
@Timeout(300)
class LingeringCloseTest {

  private static final int MAX_CONNECTIONS = 4;
  private static final int BYTE_INTERVAL_MILLIS = 20;

  /** How long a connection lingers that is not slow. */
  private static final Duration MAX_TIME = Duration.ofSeconds(30);

  /** Much longer than these tests run. */
  private static final Duration LONG = Duration.ofHours(1);

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable resource : opened) {
      resource.close();
    }
  }

  @Test
  void slow_connection_is_closed() throws Exception {
    Duration silence = Duration.ofMillis(500);
    LingeringClose lingering = start(silence);
    long start = System.nanoTime();
    Socket client = linger(lingering).client();

    sendUntilReset(client);

    // Much shorter than the time after which every connection is closed.
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(silence, MAX_TIME.dividedBy(2));
  }

  @Test
  void oldest_connection_is_closed_beyond_the_maximum() throws Exception {
    LingeringClose lingering = start(LONG);
    List<Socket> clients = new ArrayList<>();
    for (int i = 0; i <= MAX_CONNECTIONS; i++) {
      clients.add(linger(lingering).client());
    }

    sendUntilReset(clients.getFirst());

    for (Socket client : clients.subList(1, clients.size())) {
      client.getOutputStream().write(' ');
      client.getOutputStream().write(' ');
    }
  }

  @Test
  void remaining_connections_are_closed_when_it_stops() throws Exception {
    LingeringClose lingering = start(LONG);
    Socket client = linger(lingering).client();

    lingering.stop();

    sendUntilReset(client);
  }

  @Test
  void pause_of_the_server_does_not_close_a_connection() throws Exception {
    AtomicLong pause = new AtomicLong();
    Semaphore rounds = new Semaphore(0);
    LingeringClose lingering =
        start(
            MAX_TIME,
            () -> {
              rounds.release();
              return System.nanoTime() + pause.get();
            });
    SocketChannel server = linger(lingering).server();
    awaitWholeRound(rounds);

    pause.set(LONG.toNanos());
    awaitWholeRound(rounds);

    assertThat(server.isOpen()).isTrue();
  }

  /** Each round begins with a look at the clock. */
  private static void awaitWholeRound(Semaphore rounds) throws InterruptedException {
    rounds.drainPermits();
    // One that had begun before, a whole one, and the beginning of the next.
    rounds.acquire(3);
  }

  private LingeringClose start(Duration silence) throws Exception {
    return start(silence, System::nanoTime);
  }

  private LingeringClose start(Duration silence, LongSupplier nanos) throws Exception {
    LingeringClose lingering = new LingeringClose(MAX_CONNECTIONS, silence, nanos);
    lingering.start();
    opened.push(lingering::stop);
    return lingering;
  }

  /** Both ends of a connection that lingers. */
  private record Connection(Socket client, SocketChannel server) {}

  private Connection linger(LingeringClose lingering) throws IOException {
    try (ServerSocketChannel listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      Socket client =
          new Socket(InetAddress.getLoopbackAddress(), listener.socket().getLocalPort());
      opened.push(client);
      SocketChannel accepted = listener.accept();
      opened.push(accepted);
      accepted.configureBlocking(false);
      accepted.shutdownOutput();
      assertThat(lingering.takeOver(accepted)).isTrue();
      return new Connection(client, accepted);
    }
  }

  /** Sends a byte now and then, until the server has closed the connection. */
  private static void sendUntilReset(Socket client) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    try {
      while (!never.await(BYTE_INTERVAL_MILLIS, TimeUnit.MILLISECONDS)) {
        client.getOutputStream().write(' ');
      }
    } catch (IOException reset) {
      // The server closed the connection.
    }
  }
}
