package kassa.adapters.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A stream of orders that goes on while its answer comes. */
final class OrderStreaming implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;
  private final BufferedReader input;
  private boolean begun;
  private boolean ended;
  private boolean whole;

  OrderStreaming(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    input = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    write(
        """
        POST /v1/orders/batch HTTP/1.1
        Host: kassa
        Authorization: Bearer %s
        Content-Type: application/x-ndjson
        Transfer-Encoding: chunked

        """
            .formatted(TestServer.ADMIN)
            .replace("\n", "\r\n"));
  }

  void send(String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    write(Integer.toHexString(bytes.length) + "\r\n");
    socket.getOutputStream().write(bytes);
    write("\r\n");
  }

  void end() throws IOException {
    write("0\r\n\r\n");
  }

  void breakOff() throws IOException {
    socket.shutdownOutput();
  }

  /** Goes away without a word. */
  void reset() {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  void sendUntilReset(String text, int times) {
    try {
      for (int i = 0; i < times; i++) {
        send(text);
      }
    } catch (IOException gone) {
      assertThat(socket.isClosed()).isTrue();
    }
  }

  private void write(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
  }

  JsonNode next() throws IOException {
    return Json.read(Objects.requireNonNull(line(), "the answer ended"));
  }

  boolean atEnd() throws IOException {
    return line() == null;
  }

  /** Whether the answer came to an end of its own. */
  boolean isWhole() {
    return whole;
  }

  List<JsonNode> rest() throws IOException {
    List<JsonNode> results = new ArrayList<>();
    for (String line = line(); line != null; line = line()) {
      results.add(Json.read(line));
    }
    return results;
  }

  /** A line of the body, which may be spread over chunks; {@code null} if there is none more. */
  private @Nullable String line() throws IOException {
    StringBuilder line = new StringBuilder();
    if (!begun) {
      String status = input.readLine();
      if (status == null) {
        return null;
      }
      assertThat(status).isEqualTo("HTTP/1.1 200 OK");
      String header;
      do {
        header = input.readLine();
      } while (header != null && !header.isEmpty());
      begun = true;
    }
    while (!ended && (line.isEmpty() || line.charAt(line.length() - 1) != '\n')) {
      String size = input.readLine();
      if (size != null && size.isEmpty()) {
        // The end of a chunk comes with the beginning of the next.
        size = input.readLine();
      }
      if (size == null || size.equals("0")) {
        ended = true;
        whole = size != null;
        break;
      }
      // Sizes are of bytes, and everything here is ASCII.
      char[] chunk = new char[Integer.parseInt(size, 16)];
      for (int read = 0; read < chunk.length; ) {
        int more = input.read(chunk, read, chunk.length - read);
        if (more < 0) {
          ended = true;
          return null;
        }
        read += more;
      }
      line.append(chunk);
    }
    return line.isEmpty() ? null : line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
