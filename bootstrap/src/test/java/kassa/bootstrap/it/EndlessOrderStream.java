package kassa.bootstrap.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Fixture: NDJSON stream of orders with keys, until the server closes the connection. */
final class EndlessOrderStream implements AutoCloseable {

  private static final Pattern PLACED = Pattern.compile("\"key\":\"([^\"]+)\",\"status\":201");

  private final String token;
  private final Socket socket;
  private final Set<String> placed = ConcurrentHashMap.newKeySet();
  private final Thread senderThread;
  private final Thread readerThread;
  private volatile @Nullable String unexpectedEnd;

  EndlessOrderStream(KassaProcess node) throws IOException {
    URI uri = URI.create(node.address());
    token = node.token();
    socket = new Socket(uri.getHost(), uri.getPort());
    senderThread = Thread.ofVirtual().start(this::send);
    readerThread = Thread.ofVirtual().start(this::read);
  }

  /** Line of an order with this key. */
  static String line(String key) {
    return """
    {"key":"%s","currency":"USD","lines":[{"sku":"MUG","quantity":2,"unitPrice":"7.50"}]}\
    """
        .formatted(key);
  }

  /** Number of acknowledged orders so far. */
  int placed() {
    return placed.size();
  }

  /** Waits until this number of orders is acknowledged. */
  void awaitPlaced(int orders) {
    while (placed.size() < orders && readerThread.isAlive()) {
      Polling.pause();
    }
    assertThat(placed).as(unexpectedEnd).hasSizeGreaterThanOrEqualTo(orders);
  }

  /** Waits until the connection is closed, and returns the keys of all acknowledged orders. */
  Set<String> awaitDisconnect() throws InterruptedException {
    senderThread.join();
    readerThread.join();
    assertThat(unexpectedEnd).isNull();
    return placed;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void send() {
    try {
      write(
          """
          POST /v1/orders/batch HTTP/1.1
          Host: kassa
          Authorization: Bearer %s
          Content-Type: application/x-ndjson
          Transfer-Encoding: chunked

          """
              .formatted(token)
              .replace("\n", "\r\n"));
      for (int number = 0; ; number++) {
        String line = line("line-" + number) + "\n";
        write(Integer.toHexString(line.length()) + "\r\n" + line + "\r\n");
        Polling.pause();
      }
    } catch (IOException broken) {
      // Expected end of the stream.
    }
  }

  private void write(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
  }

  private void read() {
    try {
      InputStream input = new BufferedInputStream(socket.getInputStream());
      String header = line(input);
      while (!header.isEmpty()) {
        header = line(input);
      }
      StringBuilder body = new StringBuilder();
      for (int size = readChunkSize(input); size > 0; size = readChunkSize(input)) {
        body.append(new String(input.readNBytes(size), UTF_8));
        line(input);
        collectPlacedKeys(body);
      }
      unexpectedEnd = "the response ended as if it were complete";
    } catch (IOException broken) {
      // Expected end of the stream.
    }
  }

  private static int readChunkSize(InputStream input) throws IOException {
    return Integer.parseInt(line(input), 16);
  }

  /** Removes the complete lines from the start of a body and collects their keys. */
  private void collectPlacedKeys(StringBuilder body) {
    int end = body.lastIndexOf("\n");
    if (end >= 0) {
      Matcher matcher = PLACED.matcher(body.substring(0, end));
      while (matcher.find()) {
        placed.add(matcher.group(1));
      }
      body.delete(0, end + 1);
    }
  }

  private static String line(InputStream input) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int read = input.read(); read != '\n'; read = input.read()) {
      if (read < 0) {
        throw new IOException("connection closed");
      }
      line.write(read);
    }
    return line.toString(UTF_8).stripTrailing();
  }
}
