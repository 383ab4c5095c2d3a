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

/** TCP connection that sends arbitrary bytes, valid HTTP or not. */
public final class RawHttpConnection implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 60_000;

  private final OpenApiContract contract;
  private final String authorization;
  private final Socket socket;

  /**
   * @param authorization {@code Authorization} header of every request to the host {@code kassa}
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

  /** Sends text with CRLF line ends; adds {@code Authorization} after {@code Host: kassa}. */
  public RawHttpConnection send(String text) {
    String withAuthorization = "Host: kassa\nAuthorization: " + authorization + "\n";
    String lines = text.replace("\r", "").replace("Host: kassa\n", withAuthorization);
    return send(lines.replace("\n", "\r\n").getBytes(UTF_8));
  }

  public RawHttpConnection send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      return this;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Half-closes the connection: no more bytes can be sent, but responses can be read. */
  public RawHttpConnection shutdownOutput() {
    try {
      socket.shutdownOutput();
      return this;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Waits until the server sends {@code 100 Continue}. */
  public RawHttpConnection awaitContinue() {
    TestResponse interim = read();
    if (interim.status() != 100) {
      throw new AssertionError("expected 100 Continue, but:  " + interim);
    }
    return this;
  }

  /** Reads the response to a request and checks it against the contract. */
  public TestResponse readResponse(String method, String path) {
    TestResponse response = read();
    contract.check(method, path, response);
    return response;
  }

  /** Reads the response to a request that matches no operation, and checks it. */
  public TestResponse readResponseWithoutOperation() {
    TestResponse response = read();
    contract.checkResponseWithoutOperation(response);
    return response;
  }

  /** Reads a response without a contract check. */
  public TestResponse readUncheckedResponse() {
    return read();
  }

  /** Whether the server closed the connection without sending anything. */
  public boolean isAtEnd() {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketException reset) {
      return true;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
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
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String line(InputStream input) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int read = input.read(); read != '\n'; read = input.read()) {
      if (read < 0) {
        throw new EOFException("the connection ended after:  " + line.toString(ISO_8859_1));
      }
      line.write(read);
    }
    return line.toString(ISO_8859_1).stripTrailing();
  }
}
