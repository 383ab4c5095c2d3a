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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server that takes orders, as its contract says. To be shared by any number of threads. */
final class OrderApiClient implements AutoCloseable {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration RESPONSE_TIMEOUT = Duration.ofMinutes(2);
  private static final Duration MAX_RETRY_AFTER = Duration.ofMinutes(1);

  /** What says that it is the orders that are wrong, and not the call. */
  private static final Set<Integer> REJECTED_BATCH_STATUSES = Set.of(400, 413, 422);

  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();
  private final URI address;
  private final @Nullable String token;

  /**
   * @param token what is shown with each request; {@code null} for nothing
   */
  OrderApiClient(URI address, @Nullable String token) {
    this.address = address;
    this.token = token;
  }

  /** What a server said to a batch. */
  sealed interface BatchResult {

    /**
     * What became of each order.
     *
     * @param outcomes in the order in which they were sent
     */
    record Processed(List<ImportOutcome> outcomes) implements BatchResult {

      /** Copies the list. */
      public Processed {
        outcomes = List.copyOf(outcomes);
      }
    }

    /** The batch as a whole was refused, because of what is in it. */
    record BatchRejected(ImportOutcome.Rejected rejection) implements BatchResult {}

    /**
     * Nothing is known of the orders; the same batch may be sent again.
     *
     * @param retryAfter how long the server wants to be left alone
     * @param reason what happened, for people
     */
    record RetryLater(Duration retryAfter, String reason) implements BatchResult {}

    /**
     * Sending again is of no use.
     *
     * @param reason what the server said, for people
     */
    record PermanentFailure(String reason) implements BatchResult {}
  }

  /**
   * Whether anybody answers there.
   *
   * @return why not; empty if somebody does
   */
  Optional<String> unreachableReason() throws InterruptedException {
    try {
      int status =
          client.send(request("/health").GET().build(), BodyHandlers.discarding()).statusCode();
      return status == 200 || isRetryable(status)
          ? Optional.empty()
          : Optional.of("it answered " + status + " to /health");
    } catch (IOException nobody) {
      return Optional.of(reason(nobody));
    }
  }

  /** Sends a batch of orders, each for itself. */
  BatchResult send(List<FileOrder.Valid> orders) throws InterruptedException {
    String body =
        orders.stream()
            .map(FileOrder.Valid::json)
            .collect(Collectors.joining(",", "{\"orders\":[", "]}"));
    HttpRequest request =
        request("/v1/orders/batch")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body.getBytes(UTF_8)))
            .build();
    try {
      return toBatchResult(client.send(request, BodyHandlers.ofByteArray()), orders.size());
    } catch (IOException broken) {
      return new BatchResult.RetryLater(Duration.ZERO, reason(broken));
    }
  }

  private HttpRequest.Builder request(String path) {
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
    String reason = "it answered %d %s%s".formatted(status, problem.detail(), hintFor(status));
    return isRetryable(status)
        ? new BatchResult.RetryLater(retryAfter(response), reason.strip())
        : new BatchResult.PermanentFailure(reason.strip());
  }

  /** What whoever imports can do about it. */
  private static String hintFor(int status) {
    return switch (status) {
      case 401 -> "; --token or KASSA_TOKEN gives the key of a program that it knows";
      case 403 -> "; the token needs the scope orders:write, and prices:set to name prices";
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
        .map(pause -> pause.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : pause)
        .orElse(Duration.ZERO);
  }

  private static JsonNode parse(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (JacksonException other) {
      return JSON.missingNode();
    }
  }

  private static String reason(IOException broken) {
    String message = broken.getMessage();
    return message == null ? "it does not answer" : message;
  }

  @Override
  public void close() {
    client.close();
  }
}
