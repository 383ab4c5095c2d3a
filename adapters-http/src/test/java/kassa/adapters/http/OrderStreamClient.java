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

/** Client that sends a stream of orders and reads the response at the same time. */
public final class OrderStreamClient implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 60_000;

  private final Socket socket;
  private final BufferedReader input;
  private boolean headersRead;
  private boolean endOfStream;
  private boolean complete;

  public OrderStreamClient(int port) throws IOException {
    this(port, TestServer.ADMIN_TOKEN);
  }

  public OrderStreamClient(int port, String token) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    input = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
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
  }

  public void send(String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    write(Integer.toHexString(bytes.length) + "\r\n");
    socket.getOutputStream().write(bytes);
    write("\r\n");
  }

  public void endRequest() throws IOException {
    write("0\r\n\r\n");
  }

  public void closeAbruptly() throws IOException {
    socket.shutdownOutput();
  }

  /** Resets the TCP connection. */
  public void reset() {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** Sends a text again and again until another thread calls {@link #reset}. */
  public void sendUntilReset(String text) {
    try {
      while (true) {
        send(text);
      }
    } catch (IOException reset) {
      assertThat(socket.isClosed()).isTrue();
    }
  }

  private void write(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
  }

  public JsonNode nextLine() throws IOException {
    return TestJson.read(Objects.requireNonNull(line(), "the response ended"));
  }

  public boolean atEnd() throws IOException {
    return line() == null;
  }

  /** Whether the response was received completely, with its last chunk. */
  public boolean isComplete() {
    return complete;
  }

  public List<JsonNode> remainingLines() throws IOException {
    List<JsonNode> results = new ArrayList<>();
    for (String line = line(); line != null; line = line()) {
      results.add(TestJson.read(line));
    }
    return results;
  }

  /** Reads a line of the body, which may span several chunks; {@code null} at the end. */
  private @Nullable String line() throws IOException {
    StringBuilder line = new StringBuilder();
    if (!headersRead) {
      String status = input.readLine();
      if (status == null) {
        return null;
      }
      assertThat(status).isEqualTo("HTTP/1.1 200 OK");
      String header;
      do {
        header = input.readLine();
      } while (header != null && !header.isEmpty());
      headersRead = true;
    }
    while (!endOfStream && (line.isEmpty() || line.charAt(line.length() - 1) != '\n')) {
      String size = input.readLine();
      if (size != null && size.isEmpty()) {
        // The line break after a chunk is read together with the size of the next.
        size = input.readLine();
      }
      if (size == null || size.equals("0")) {
        endOfStream = true;
        complete = size != null;
        break;
      }
      // Chunk sizes count bytes; the response is ASCII, so they are character counts too.
      char[] chunk = new char[Integer.parseInt(size, 16)];
      for (int read = 0; read < chunk.length; ) {
        int more = input.read(chunk, read, chunk.length - read);
        if (more < 0) {
          endOfStream = true;
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
