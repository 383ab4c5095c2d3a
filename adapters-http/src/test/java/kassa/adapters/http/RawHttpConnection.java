package kassa.adapters.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A connection that sends whatever it is told to, HTTP or not. */
public final class RawHttpConnection implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 10_000;

  private final OpenApiContract contract;
  private final String authorization;
  private final Socket socket;

  /**
   * @param authorization what is shown with every request to the host {@code kassa}
   */
  public RawHttpConnection(int port, OpenApiContract contract, String authorization) {
    this.contract = contract;
    this.authorization = authorization;
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(TIMEOUT_MILLIS);
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
  }

  /** Sends text as it is; the lines of a text block end as HTTP wants them to. */
  public RawHttpConnection send(String text) {
    String shown = "Host: kassa\nAuthorization: " + authorization + "\n";
    String lines = text.replace("\r", "").replace("Host: kassa\n", shown);
    return send(lines.replace("\n", "\r\n").getBytes(UTF_8));
  }

  public RawHttpConnection send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      return this;
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  /** Sends no more, and still listens. */
  public RawHttpConnection shutdownOutput() {
    try {
      socket.shutdownOutput();
      return this;
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  /** Returns when the server asks for the body. */
  public RawHttpConnection awaitContinue() {
    TestResponse asked = read();
    if (asked.status() != 100) {
      throw new AssertionError("the body should be asked for, but: " + asked);
    }
    return this;
  }

  /** The answer to a request of a call. */
  public TestResponse answer(String method, String path) {
    TestResponse answer = read();
    contract.check(method, path, answer);
    return answer;
  }

  /** The answer to what is no request of any call. */
  public TestResponse responseWithoutOperation() {
    TestResponse answer = read();
    contract.checkResponseWithoutOperation(answer);
    return answer;
  }

  /** An answer to whatever it was that was sent. */
  public TestResponse uncheckedResponse() {
    return read();
  }

  /** Whether the server has closed the connection, and sent nothing before. */
  boolean isAtEnd() {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketException reset) {
      return true;
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private TestResponse read() {
    try {
      InputStream input = socket.getInputStream();
      String[] statusLine = line(input).split(" ", 3);
      Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      for (String line = line(input); !line.isEmpty(); line = line(input)) {
        String[] header = line.split(": ?", 2);
        headers.computeIfAbsent(header[0], name -> new ArrayList<>()).add(header[1]);
      }
      HttpHeaders fields = HttpHeaders.of(headers, (name, value) -> true);
      int length = Integer.parseInt(fields.firstValue("Content-Length").orElse("0"));
      return TestResponse.of(Integer.parseInt(statusLine[1]), fields, input.readNBytes(length));
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private static String line(InputStream input) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int read = input.read(); read != '\n'; read = input.read()) {
      if (read < 0) {
        throw new EOFException("the connection ended behind: " + line.toString(ISO_8859_1));
      }
      line.write(read);
    }
    return line.toString(ISO_8859_1).stripTrailing();
  }
}
