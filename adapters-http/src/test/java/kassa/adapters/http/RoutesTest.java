package kassa.adapters.http;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import java.util.Set;
import java.util.stream.Stream;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.memory.MemoryBudget;
import kassa.adapters.http.routing.ConcurrencyLimiter;
import kassa.adapters.http.routing.IdempotencyFilter;
import kassa.adapters.http.routing.RateLimitFilter;
import kassa.adapters.http.routing.Responses;
import kassa.adapters.http.routing.Routing;
import kassa.adapters.http.security.RequestAuthenticator;
import kassa.application.UseCases;
import kassa.application.telemetry.Telemetry;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private final ContractCheckingClient client = SERVER.client;

  @Test
  void routes_match_the_contract() {
    Set<String> documented =
        OpenApiContract.KASSA.operations().stream()
            .map(operation -> operation.method() + " " + operation.path())
            .collect(toSet());

    assertThat(
            routes().filter(route -> !route.startsWith("HEAD ") && !route.startsWith("GET /docs/")))
        .containsExactlyInAnyOrderElementsOf(documented);
  }

  @Test
  void every_get_route_supports_head() {
    assertThat(routes().filter(route -> route.startsWith("HEAD ")))
        .containsExactlyInAnyOrderElementsOf(
            routes()
                .filter(route -> route.startsWith("GET "))
                .map(route -> route.replace("GET ", "HEAD "))
                .toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/v1",
        "/v2/orders",
        "/v1/order",
        "/V1/orders",
        "/v1/orders/",
        "/v1/orders/1/",
        "/v1/orders/1/lines",
        "/v1/products/",
        "/v1/products/MUG/",
        "/v1/rules/",
        "/v1/rules/1/",
        "/v1/rules/1/revive",
        "/v1/rules/1/versions/1",
        "/v1/codes/",
        "/v1/codes/A/",
        "/health/",
        "/docs/",
        "/docs/openapi.json",
        "/META-INF/kassa/openapi.json",
        "/favicon.ico"
      })
  void unknown_path_is_not_found(String path) {
    for (String method : new String[] {"GET", "POST", "DELETE"}) {
      TestResponse response = client.send(method, path, new byte[0]);

      assertThat(response.status()).isEqualTo(404);
      assertThat(response.at("/detail")).isEqualTo("The path does not exist.");
    }
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          DELETE  | /v1/orders       | GET, POST, HEAD
          PUT     | /v1/orders/1     | GET, HEAD
          PATCH   | /v1/orders/batch | GET, POST, HEAD
          POST    | /v1/orders/1     | GET, HEAD
          GET     | /v1/orders/1/cancel | POST
          GET     | /v1/orders/1/pay | POST
          PUT     | /v1/orders/1/ship | POST
          DELETE  | /v1/orders/1/complete | POST
          DELETE  | /v1/orders/1/refunds | GET, POST, HEAD
          POST    | /v1/orders/1/events | GET, HEAD
          POST    | /v1/orders/export | GET, HEAD
          POST    | /v1/order-lines/export | GET, HEAD
          GET     | /v1/quotes       | POST
          PATCH   | /v1/products     | GET, POST, HEAD
          POST    | /v1/products/MUG | GET, PUT, DELETE, HEAD
          DELETE  | /v1/rules        | GET, POST, HEAD
          DELETE  | /v1/rules/1      | GET, PUT, HEAD
          GET     | /v1/rules/1/pause | POST
          PUT     | /v1/rules/1/usage | GET, HEAD
          DELETE  | /v1/codes/A      | GET, HEAD
          PUT     | /v1/codes        | GET, POST, HEAD
          POST    | /health          | GET, HEAD
          OPTIONS | /health          | GET, HEAD
          TRACE   | /health          | GET, HEAD
          BREW    | /v1/orders       | GET, POST, HEAD
          get     | /docs            | GET, HEAD
          """,
      delimiter = '|')
  void unsupported_method_returns_allow_header(String method, String path, String allowed) {
    TestResponse response = client.send(method, path, new byte[0]);

    assertThat(response.status()).isEqualTo(405);
    assertThat(response.header("Allow").split(", ", -1))
        .containsExactlyInAnyOrder(allowed.split(", ", -1));
  }

  @Test
  void rejects_idempotency_key_on_streams() {
    for (String path : new String[] {"/v1/orders/batch", "/v1/products/import"}) {
      TestResponse response =
          client.post(
              path,
              OrderBodies.VALID_ORDER,
              "Content-Type",
              "application/json",
              "Idempotency-Key",
              "k-1");

      assertThat(response.status()).isEqualTo(400);
      assertThat(response.violations()).containsExactly("Idempotency-Key: not_supported");
    }
    assertThat(client.get("/v1/orders").json().get("data")).isEmpty();
  }

  private static Stream<String> routes() {
    UseCases useCases = TestServer.useCases();
    ConcurrencyLimiter limiter = new ConcurrencyLimiter(1, 1);
    JsonCodec json = new JsonCodec();
    Responses responses = new Responses(json);
    RequestAuthenticator authentication =
        new RequestAuthenticator(useCases.identity().authenticate());
    Javalin javalin =
        HttpServer.createRouter(
            new Routing(
                ApiRoutes.of(
                    TestServer.apiConfig(),
                    useCases,
                    TestServer.VERSION,
                    limiter,
                    authentication,
                    json,
                    responses,
                    false,
                    Telemetry.none()),
                limiter,
                authentication,
                new RateLimitFilter(useCases.identity().rateLimiter(), Telemetry.none()),
                new IdempotencyFilter(useCases.runIdempotently(), json),
                responses,
                MemoryBudget.ofHeap()));
    return javalin.unsafe.internalRouter.allHttpHandlers().stream()
        .map(handler -> handler.endpoint)
        .filter(endpoint -> !endpoint.method.equals(HandlerType.BEFORE))
        .map(RoutesTest::text);
  }

  private static String text(Endpoint endpoint) {
    return endpoint.method.name() + " " + endpoint.path;
  }
}
