package kassa.bootstrap.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** Small receiver of traces by OTLP over HTTP: keeps the bodies, which are protocol buffers. */
final class TraceCollector implements AutoCloseable {

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

  private final ServerSocket listener;
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final List<String> paths = new CopyOnWriteArrayList<>();

  TraceCollector() throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  String endpoint() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  /** The paths of the requests. */
  List<String> paths() {
    return paths;
  }

  /** Whether a name was received, such as that of a span. */
  boolean has(String text) {
    return bodies.stream().anyMatch(body -> body.contains(text));
  }

  /** Whether an id was received, which is sent as bytes. */
  boolean hasId(String hex) {
    return has(new String(HexFormat.of().parseHex(hex), ISO_8859_1));
  }

  /** Waits until a name was received. */
  void await(String text) {
    while (!has(text)) {
      Polling.pause();
    }
  }

  private void accept() {
    while (true) {
      try {
        Socket socket = listener.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      for (String request = line(in); !request.isEmpty(); request = line(in)) {
        paths.add(request.split(" ", -1)[1]);
        bodies.add(body(in));
        socket.getOutputStream().write(OK.getBytes(ISO_8859_1));
      }
    } catch (IOException disconnected) {
      throw new UncheckedIOException(disconnected);
    }
  }

  private static String body(DataInputStream in) throws IOException {
    int length = -1;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      String[] parts = header.toLowerCase(Locale.ROOT).split(": *", 2);
      if (parts[0].equals("content-length")) {
        length = Integer.parseInt(parts[1]);
      }
    }
    return length >= 0 ? new String(in.readNBytes(length), ISO_8859_1) : chunks(in);
  }

  private static String chunks(DataInputStream in) throws IOException {
    StringBuilder body = new StringBuilder();
    for (int size = size(in); size > 0; size = size(in)) {
      body.append(new String(in.readNBytes(size), ISO_8859_1));
      line(in);
    }
    line(in);
    return body.toString();
  }

  private static int size(DataInputStream in) throws IOException {
    return Integer.parseInt(line(in), 16);
  }

  /** Reads a line; empty at the end. */
  private static String line(DataInputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
