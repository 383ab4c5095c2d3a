package kassa.adapters.http.jetty;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lingering close (RFC 9112, 9.6): reads and discards what a client still sends after its response
 * and the end of the connection were sent, so that the client can read the response. Closing at
 * once would reset the connection, and the client would lose the response.
 *
 * <p>Bounded in time, bytes, rate and number of connections; beyond the number the oldest
 * connection is closed. One thread serves all connections. See docs/decisions/0118. Thread-safe.
 */
public final class LingeringClose extends AbstractLifeCycle {

  private static final Logger LOG = LoggerFactory.getLogger(LingeringClose.class);

  /** The maximum number of connections that linger at the same time. */
  private static final int MAX_CONNECTIONS = 256;

  /** How many bytes of one connection are discarded at most: 64 MiB. */
  private static final long MAX_BYTES = 1 << 26;

  /** How long one connection lingers at most. */
  private static final Duration MAX_TIME = Duration.ofSeconds(30);

  /** How long a connection lingers that sends nothing or too slowly. */
  private static final Duration SILENCE = Duration.ofSeconds(5);

  /** The minimum average rate of a connection that lingers longer than {@link #SILENCE}. */
  private static final int MIN_BYTES_PER_SECOND = 1 << 14;

  /** How long the last connections may linger when the server stops. */
  private static final Duration STOP_TIMEOUT = Duration.ofMillis(500);

  private static final long CHECK_MILLIS = 250;

  /**
   * How much of the time between two rounds counts. In a longer one this process was paused, or had
   * no processor, and no client could be served.
   */
  private static final long MAX_ROUND_NANOS = Duration.ofMillis(2 * CHECK_MILLIS).toNanos();

  private static final int BUFFER_BYTES = 1 << 16;

  private final int maxConnections;
  private final Duration silence;
  private final LongSupplier nanos;
  private final Queue<SocketChannel> arrivals = new ConcurrentLinkedQueue<>();
  private final Map<SocketChannel, Progress> lingering = new LinkedHashMap<>();
  private final ByteBuffer discarded = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable Selector selector;
  private volatile long stopAt = Long.MAX_VALUE;

  /** The time that counts, in nanoseconds. */
  private long time;

  private long lastRound;

  public LingeringClose() {
    this(MAX_CONNECTIONS, SILENCE, System::nanoTime);
  }

  /**
   * @param maxConnections the maximum number of connections that linger at the same time
   * @param silence how long a connection lingers that sends nothing or too slowly
   * @param nanos clock in nanoseconds
   */
  LingeringClose(int maxConnections, Duration silence, LongSupplier nanos) {
    this.maxConnections = maxConnections;
    this.silence = silence;
    this.nanos = nanos;
  }

  /** What a connection has sent since it began to linger. */
  private static final class Progress {

    private final long since;
    private long bytes;

    private Progress(long since) {
      this.since = since;
    }

    private boolean isOver(long now, Duration silence) {
      long allowed =
          Math.min(
              MAX_TIME.toNanos(),
              silence.plusMillis(bytes * 1_000 / MIN_BYTES_PER_SECOND).toNanos());
      return bytes > MAX_BYTES || now - since > allowed;
    }
  }

  @Override
  protected void doStart() throws Exception {
    Selector opened = Selector.open();
    selector = opened;
    Thread.ofPlatform().daemon().name("kassa-lingering-close").start(() -> run(opened));
    super.doStart();
  }

  /**
   * Takes over a connection whose output is shut down, and closes it later.
   *
   * @return {@code false} if the server has stopped; the caller closes the connection then
   */
  boolean takeOver(SocketChannel channel) {
    Selector current = selector;
    if (current == null || stopAt != Long.MAX_VALUE) {
      return false;
    }
    arrivals.add(channel);
    current.wakeup();
    return true;
  }

  @Override
  protected void doStop() throws Exception {
    super.doStop();
    stopAt = System.nanoTime() + STOP_TIMEOUT.toNanos();
    Selector current = selector;
    if (current != null) {
      current.wakeup();
      if (!ended.await(2 * STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("Lingering connections are still open");
      }
    }
  }

  private void run(Selector own) {
    lastRound = nanos.getAsLong();
    try (own) {
      while (!isEnding()) {
        own.select(lingering.isEmpty() && stopAt == Long.MAX_VALUE ? 0 : CHECK_MILLIS);
        countRound();
        own.selectedKeys().forEach(this::discard);
        own.selectedKeys().clear();
        register(own);
        closeFinished();
      }
    } catch (IOException | ClosedSelectorException failure) {
      LOG.error("Connections with an unread request body are closed at once from now on", failure);
    } finally {
      selector = null;
      lingering.keySet().forEach(LingeringClose::close);
      arrivals.forEach(LingeringClose::close);
      ended.countDown();
    }
  }

  private void countRound() {
    long now = nanos.getAsLong();
    time += Math.min(now - lastRound, MAX_ROUND_NANOS);
    lastRound = now;
  }

  private boolean isEnding() {
    return stopAt != Long.MAX_VALUE
        && (System.nanoTime() - stopAt > 0 || (lingering.isEmpty() && arrivals.isEmpty()));
  }

  private void register(Selector own) {
    for (SocketChannel arrived = arrivals.poll(); arrived != null; arrived = arrivals.poll()) {
      try {
        arrived.register(own, SelectionKey.OP_READ);
        lingering.put(arrived, new Progress(time));
      } catch (ClosedChannelException gone) {
        LOG.trace("The client is gone", gone);
      }
    }
  }

  /** Reads once; an end or a failure of the connection closes it. */
  private void discard(SelectionKey key) {
    SocketChannel channel = (SocketChannel) key.channel();
    Progress progress = lingering.get(channel);
    if (progress == null) {
      return;
    }
    try {
      int read = channel.read(discarded.clear());
      if (read >= 0) {
        progress.bytes += read;
        return;
      }
    } catch (IOException reset) {
      LOG.trace("The client reset the connection", reset);
    }
    lingering.remove(channel);
    close(channel);
  }

  private void closeFinished() {
    int tooMany = lingering.size() - maxConnections;
    for (Map.Entry<SocketChannel, Progress> entry : List.copyOf(lingering.entrySet())) {
      if (tooMany > 0 || entry.getValue().isOver(time, silence)) {
        lingering.remove(entry.getKey());
        close(entry.getKey());
        tooMany--;
      }
    }
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
