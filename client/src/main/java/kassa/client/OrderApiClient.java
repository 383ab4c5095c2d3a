package kassa.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** HTTP client of the order API of a server. Thread-safe. */
final class OrderApiClient implements AutoCloseable {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration RESPONSE_TIMEOUT = Duration.ofMinutes(2);
  private static final Duration MAX_RETRY_AFTER = Duration.ofMinutes(1);

  /** HTTP statuses of a batch that is rejected because of its orders. */
  private static final Set<Integer> REJECTED_BATCH_STATUSES = Set.of(400, 413, 422);

  private static final String STOPPED = "the server stopped";

  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();
  private final Supplier<Optional<URI>> server;
  private final @Nullable String token;

  /**
   * @param server finds the URL of the server before each request; empty while it does not run
   * @param token the credential of each request; {@code null} for none
   */
  OrderApiClient(Supplier<Optional<URI>> server, @Nullable String token) {
    this.server = server;
    this.token = token;
  }

  /** Response to a batch. */
  sealed interface BatchResult {

    /**
     * The server processed the batch.
     *
     * @param outcomes the results, in the order of the batch
     */
    record Processed(List<ImportOutcome> outcomes) implements BatchResult {

      /** Makes the list unmodifiable. */
      public Processed {
        outcomes = List.copyOf(outcomes);
      }
    }

    /** The whole batch is rejected because of its content. */
    record BatchRejected(ImportOutcome.Rejected rejection) implements BatchResult {}

    /**
     * The outcome is unknown, or the server is overloaded; the same batch can be retried.
     *
     * @param retryAfter the minimum delay; zero if the server named none
     * @param reason the description for people
     */
    record RetryLater(Duration retryAfter, String reason) implements BatchResult {}

    /**
     * A retry cannot succeed.
     *
     * @param reason the description for people
     */
    record PermanentFailure(String reason) implements BatchResult {}
  }

  /**
   * Checks that the server is reachable.
   *
   * @return the reason if it is not reachable; empty if it is
   */
  Optional<String> unreachableReason() throws InterruptedException {
    URI address = server.get().orElse(null);
    if (address == null) {
      return Optional.of(STOPPED);
    }
    try {
      HttpRequest request = request(address, "/health").GET().build();
      int status = client.send(request, BodyHandlers.discarding()).statusCode();
      return status == 200 || isRetryable(status)
          ? Optional.empty()
          : Optional.of("the server responded with " + status + " to /health");
    } catch (IOException unreachable) {
      return Optional.of(reason(unreachable));
    }
  }

  /** Sends a batch whose orders are independent of each other. */
  BatchResult send(List<FileOrder.Valid> orders) throws InterruptedException {
    URI address = server.get().orElse(null);
    if (address == null) {
      return new BatchResult.RetryLater(Duration.ZERO, STOPPED);
    }
    String body =
        orders.stream()
            .map(FileOrder.Valid::json)
            .collect(Collectors.joining(",", "{\"orders\":[", "]}"));
    HttpRequest request =
        request(address, "/v1/orders/batch")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body.getBytes(UTF_8)))
            .build();
    try {
      return toBatchResult(client.send(request, BodyHandlers.ofByteArray()), orders.size());
    } catch (IOException broken) {
      return new BatchResult.RetryLater(Duration.ZERO, reason(broken));
    }
  }

  private HttpRequest.Builder request(URI address, String path) {
    String base = address.toString().replaceAll("/+$", "");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path)).timeout(RESPONSE_TIMEOUT);
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  private static BatchResult toBatchResult(HttpResponse<byte[]> response, int orders) {
    int status = response.statusCode();
    JsonNode body = parse(response.body());
    if (status == 200 && body.path("results").size() == orders) {
      return new BatchResult.Processed(outcomes(body.path("results")));
    }
    if (REJECTED_BATCH_STATUSES.contains(status)) {
      return new BatchResult.BatchRejected(
          new ImportOutcome.Rejected(status, ProblemDetail.read(status, body)));
    }
    ProblemDetail problem = ProblemDetail.read(status, body);
    String reason =
        "the server responded with %s %s%s".formatted(status, problem.detail(), hintFor(status));
    return isRetryable(status)
        ? new BatchResult.RetryLater(retryAfter(response), reason.strip())
        : new BatchResult.PermanentFailure(reason.strip());
  }

  /** Hint for the user. */
  private static String hintFor(int status) {
    return switch (status) {
      case 401 -> "; set --token or KASSA_TOKEN to an API key or a session token";
      case 403 ->
          "; the token needs the scope orders:write, prices:set for files with prices, and"
              + " orders:import for files with placedAt";
      default -> "";
    };
  }

  private static List<ImportOutcome> outcomes(JsonNode results) {
    List<ImportOutcome> outcomes = new ArrayList<>();
    for (JsonNode result : results) {
      int status = result.path("status").asInt(0);
      JsonNode order = result.path("order");
      outcomes.add(
          status == 201
              ? new ImportOutcome.Placed(
                  order.path("id").asString(""),
                  order.path("number").asLong(0),
                  result.path("replayed").asBoolean(false))
              : new ImportOutcome.Rejected(
                  status, ProblemDetail.read(status, result.path("problem"))));
    }
    return outcomes;
  }

  private static boolean isRetryable(int status) {
    return status == 408 || status == 429 || status >= 500;
  }

  private static Duration retryAfter(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(text -> text.matches("[0-9]{1,9}"))
        .map(text -> Duration.ofSeconds(Long.parseLong(text)))
        .map(delay -> delay.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : delay)
        .orElse(Duration.ZERO);
  }

  private static JsonNode parse(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (JacksonException malformed) {
      return JSON.missingNode();
    }
  }

  private static String reason(IOException broken) {
    String message = broken.getMessage();
    return message == null ? "the server does not respond" : message;
  }

  @Override
  public void close() {
    client.close();
  }
}
