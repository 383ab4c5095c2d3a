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
final class OrderServer implements AutoCloseable {

  private static final Duration CONNECTING = Duration.ofSeconds(5);
  private static final Duration ANSWERING = Duration.ofMinutes(2);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  /** What says that it is the orders that are wrong, and not the call. */
  private static final Set<Integer> ABOUT_THE_ORDERS = Set.of(400, 413, 422);

  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECTING)
          .build();
  private final URI address;
  private final @Nullable String token;

  /**
   * @param token what is shown with each request; {@code null} for nothing
   */
  OrderServer(URI address, @Nullable String token) {
    this.address = address;
    this.token = token;
  }

  /** What a server said to a batch. */
  sealed interface Answer {

    /**
     * What became of each order.
     *
     * @param outcomes in the order in which they were sent
     */
    record Decided(List<Outcome> outcomes) implements Answer {

      /** Copies the list. */
      public Decided {
        outcomes = List.copyOf(outcomes);
      }
    }

    /** The batch as a whole was refused, because of what is in it. */
    record RefusedAsAWhole(Outcome.Refused refusal) implements Answer {}

    /**
     * Nothing is known of the orders; the same batch may be sent again.
     *
     * @param pause how long the server wants to be left alone
     * @param reason what happened, for people
     */
    record NotNow(Duration pause, String reason) implements Answer {}

    /**
     * Sending again is of no use.
     *
     * @param reason what the server said, for people
     */
    record NotHere(String reason) implements Answer {}
  }

  /**
   * Whether anybody answers there.
   *
   * @return why not; empty if somebody does
   */
  Optional<String> absence() throws InterruptedException {
    try {
      int status =
          client.send(request("/health").GET().build(), BodyHandlers.discarding()).statusCode();
      return status == 200 || isPassing(status)
          ? Optional.empty()
          : Optional.of("it answered " + status + " to /health");
    } catch (IOException nobody) {
      return Optional.of(reason(nobody));
    }
  }

  /** Sends a batch of orders, each for itself. */
  Answer send(List<Submission.Sendable> orders) throws InterruptedException {
    String body =
        orders.stream()
            .map(Submission.Sendable::json)
            .collect(Collectors.joining(",", "{\"orders\":[", "]}"));
    HttpRequest request =
        request("/v1/orders/batch")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body.getBytes(UTF_8)))
            .build();
    try {
      return answer(client.send(request, BodyHandlers.ofByteArray()), orders.size());
    } catch (IOException broken) {
      return new Answer.NotNow(Duration.ZERO, reason(broken));
    }
  }

  private HttpRequest.Builder request(String path) {
    String base = address.toString().replaceAll("/+$", "");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path)).timeout(ANSWERING);
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  private static Answer answer(HttpResponse<byte[]> response, int orders) {
    int status = response.statusCode();
    JsonNode body = parse(response.body());
    if (status == 200 && body.path("results").size() == orders) {
      return new Answer.Decided(outcomes(body.path("results")));
    }
    if (ABOUT_THE_ORDERS.contains(status)) {
      return new Answer.RefusedAsAWhole(new Outcome.Refused(status, Problem.read(status, body)));
    }
    Problem problem = Problem.read(status, body);
    String reason = "it answered %d %s%s".formatted(status, problem.detail(), advice(status));
    return isPassing(status)
        ? new Answer.NotNow(retryAfter(response), reason.strip())
        : new Answer.NotHere(reason.strip());
  }

  /** What whoever imports can do about it. */
  private static String advice(int status) {
    return switch (status) {
      case 401 -> "; --token or KASSA_TOKEN gives the key of a program that it knows";
      case 403 -> "; the token needs the scope orders:write, and prices:set to name prices";
      default -> "";
    };
  }

  private static List<Outcome> outcomes(JsonNode results) {
    List<Outcome> outcomes = new ArrayList<>();
    for (JsonNode result : results) {
      int status = result.path("status").asInt(0);
      JsonNode order = result.path("order");
      outcomes.add(
          status == 201
              ? new Outcome.Placed(
                  order.path("id").asString(""),
                  order.path("number").asLong(0),
                  result.path("replayed").asBoolean(false))
              : new Outcome.Refused(status, Problem.read(status, result.path("problem"))));
    }
    return outcomes;
  }

  private static boolean isPassing(int status) {
    return status == 408 || status == 429 || status >= 500;
  }

  private static Duration retryAfter(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(text -> text.matches("[0-9]{1,9}"))
        .map(text -> Duration.ofSeconds(Long.parseLong(text)))
        .map(pause -> pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause)
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
