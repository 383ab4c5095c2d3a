package kassa.adapters.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** HTTP client that checks every response against the OpenAPI contract. */
public final class ContractCheckingClient implements AutoCloseable {

  private static final int LARGE_BODY_BYTES = 1 << 19;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final int port;
  private final OpenApiContract contract = OpenApiContract.KASSA;

  /** {@code Authorization} header of every request that sets neither its own nor a cookie. */
  private final String authorization;

  public ContractCheckingClient(int port) {
    this(port, TestServer.ADMIN_TOKEN);
  }

  private final boolean checksRequests;

  private ContractCheckingClient(int port, String token) {
    this(port, "Bearer " + token, true);
  }

  private ContractCheckingClient(int port, String authorization, boolean checksRequests) {
    this.port = port;
    this.authorization = authorization;
    this.checksRequests = checksRequests;
  }

  /** Returns a client that may send what the server accepts beyond the contract. */
  public ContractCheckingClient withoutRequestChecks() {
    return new ContractCheckingClient(port, authorization, false);
  }

  /** Returns a client of the same server with another bearer token. */
  public ContractCheckingClient withToken(String token) {
    return new ContractCheckingClient(port, token);
  }

  public TestResponse get(String target, String... headers) {
    return send("GET", target, new byte[0], headers);
  }

  /** Sends a JSON body. Given headers replace the default {@code Content-Type} header. */
  public TestResponse post(String target, String body, String... headers) {
    return post(target, body.getBytes(UTF_8), headers);
  }

  public TestResponse post(String target, byte[] body, String... headers) {
    return send("POST", target, body, headers.length > 0 ? headers : json());
  }

  /** Sends a JSON body with these headers in addition to {@code Content-Type}. */
  public TestResponse put(String target, String body, String... headers) {
    String[] all = Stream.of(json(), headers).flatMap(Stream::of).toArray(String[]::new);
    return send("PUT", target, body.getBytes(UTF_8), all);
  }

  public TestResponse delete(String target, String... headers) {
    return send("DELETE", target, new byte[0], headers);
  }

  /** Places a valid order and expects status 201. */
  public TestResponse place(String order) {
    return expect(201, post("/v1/orders", order));
  }

  public TestResponse send(String method, String target, byte[] body, String... headers) {
    try {
      HttpRequest request = request(method, target, body, headers);
      return checkContract(request, body, http.send(request, BodyHandlers.ofByteArray()));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  public CompletableFuture<TestResponse> postAsync(String target, String body) {
    byte[] bytes = body.getBytes(UTF_8);
    HttpRequest request = request("POST", target, bytes, json());
    return http.sendAsync(request, BodyHandlers.ofByteArray())
        .thenApply(response -> checkContract(request, bytes, response));
  }

  /** Opens a raw connection, for requests that an HTTP client cannot send. */
  public RawHttpConnection openConnection() {
    return new RawHttpConnection(port, contract, authorization);
  }

  /** Closes all connections. */
  @Override
  public void close() {
    http.shutdownNow();
  }

  public static TestResponse expect(int status, TestResponse response) {
    if (response.status() != status) {
      throw new AssertionError("expected " + status + ", but: " + response.body());
    }
    return response;
  }

  private static String[] json() {
    return new String[] {"Content-Type", "application/json"};
  }

  private HttpRequest request(String method, String target, byte[] body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
            // A server that rejects a large body unread closes the connection. A client that is
            // still sending then loses the response.
            .expectContinue(body.length > LARGE_BODY_BYTES);
    if (headers.length > 0) {
      request.headers(headers);
    }
    if (!names(headers).contains("authorization") && !names(headers).contains("cookie")) {
      request.header("Authorization", authorization);
    }
    return request.build();
  }

  private static Set<String> names(String... headers) {
    return IntStream.range(0, headers.length / 2)
        .mapToObj(i -> headers[2 * i].toLowerCase(Locale.ROOT))
        .collect(toSet());
  }

  /** Checks the response and, on success, also the request body against the contract. */
  private TestResponse checkContract(
      HttpRequest request, byte[] body, HttpResponse<byte[]> response) {
    TestResponse checked =
        TestResponse.of(response.statusCode(), response.headers(), response.body());
    String path = request.uri().getRawPath();
    contract.check(request.method(), path, checked);
    // An order of a batch may be invalid, and is reported in its own result.
    boolean isRejectedInBatch = path.endsWith("/batch") && checked.body().contains("\"problem\"");
    if (checksRequests && checked.status() < 300 && body.length > 0 && !isRejectedInBatch) {
      contract.checkRequest(
          contract.operation(request.method(), path).orElseThrow(),
          request.headers().firstValue("Content-Type").orElse("").split(";", 2)[0],
          new String(body, UTF_8));
    }
    return checked;
  }
}
