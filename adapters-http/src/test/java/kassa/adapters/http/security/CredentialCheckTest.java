package kassa.adapters.http.security;

import static kassa.adapters.http.ContractCheckingClient.expect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import kassa.adapters.http.OrderBodies;
import kassa.adapters.http.OrderStreamClient;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import kassa.application.port.in.identity.Authenticate;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class CredentialCheckTest {

  @Test
  void stream_ends_when_its_key_is_revoked_on_another_node() throws Exception {
    try (TestServer server = TestServer.start();
        TestServer other = server.startOtherNode(useCases -> useCases)) {
      TestResponse key =
          expect(
              201,
              server.client.post(
                  "/v1/api-keys",
                  "{\"name\": \"till\", \"scopes\": [\"orders:write\", \"prices:set\"]}",
                  "Content-Type",
                  "application/json"));
      try (OrderStreamClient stream =
          new OrderStreamClient(server.http.port(), key.at("/secret"))) {
        stream.send(line());
        assertThat(stream.nextLine().get("status").intValue()).isEqualTo(201);
        TestResponse revoked = other.client.delete("/v1/api-keys/" + key.at("/key/id"));
        assertThat(revoked.status()).isBetween(200, 204);

        stream.send(line());
        JsonNode refused = stream.nextLine();
        stream.send(line());
        JsonNode last = stream.nextLine();

        assertThat(refused.at("/problem/code").stringValue()).isEqualTo("unauthenticated");
        assertThat(last.has("index")).isFalse();
        assertThat(last.at("/problem/code").stringValue()).isEqualTo("unauthenticated");
        assertThat(last.at("/problem/detail").stringValue()).contains("revoked");
        assertThat(stream.atEnd()).isTrue();
        assertThat(stream.isComplete()).isTrue();
      }
      assertThat(server.client.get("/v1/orders").json().get("data")).hasSize(1);
    }
  }

  @Test
  void stream_ends_when_the_scopes_of_its_caller_change() throws Exception {
    Authentication authentication = new Authentication(Scope.ORDERS_READ);
    try (TestServer server =
            TestServer.startReplacing(useCases -> useCases.withAuthenticate(authentication));
        OrderStreamClient stream = new OrderStreamClient(server.http.port())) {
      stream.send(line());
      assertThat(stream.nextLine().at("/problem/code").stringValue()).isEqualTo("forbidden");
      stream.send(line());

      List<JsonNode> lines = stream.remainingLines();
      assertThat(lines).hasSize(1);
      assertThat(lines.getLast().at("/problem/code").stringValue()).isEqualTo("forbidden");
    }
  }

  @Test
  void no_order_of_a_batch_starts_after_the_end_of_the_credential() {
    Authentication authentication = new Authentication();
    try (TestServer server =
        TestServer.startReplacing(useCases -> useCases.withAuthenticate(authentication))) {
      TestResponse batch =
          server.client.post(
              "/v1/orders/batch", OrderBodies.batch(OrderBodies.VALID_ORDER, line()));

      assertThat(batch.json().get("results").findValuesAsString("status"))
          .contains("401")
          .doesNotContain("201");
      authentication.calls.set(0);
      assertThat(server.client.get("/v1/orders").json().get("data")).isEmpty();
    }
  }

  @Test
  void report_and_product_import_end_with_the_credential() {
    Authentication authentication = new Authentication();
    try (TestServer server =
        TestServer.startReplacing(useCases -> useCases.withAuthenticate(authentication))) {
      assertThat(server.client.get("/v1/reports/sales?groupBy=day").status()).isEqualTo(401);
      authentication.calls.set(0);
      assertThat(
              server
                  .client
                  .post(
                      "/v1/products/import",
                      OrderBodies.product("MUG", "1.00"),
                      "Content-Type",
                      "application/x-ndjson")
                  .status())
          .isEqualTo(401);
      authentication.calls.set(0);
      assertThat(server.client.get("/v1/products").json().get("data")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/orders/export", "/v1/order-lines/export"})
  void export_is_aborted_after_the_end_of_the_credential(String path) {
    Authentication authentication = new Authentication();
    try (TestServer server =
        TestServer.startReplacing(useCases -> useCases.withAuthenticate(authentication))) {
      for (int i = 0; i < 201; i++) {
        authentication.calls.set(0);
        server.client.place(OrderBodies.VALID_ORDER);
      }
      authentication.calls.set(0);

      assertThatThrownBy(() -> server.client.get(path)).hasMessageNotContaining("contract");
    }
  }

  private static String line() {
    return OrderBodies.VALID_ORDER.replace("\n", " ") + "\n";
  }

  /** Authenticates an admin once; after that the credential is revoked or has other scopes. */
  private static final class Authentication implements Authenticate {

    private final AtomicInteger calls = new AtomicInteger();
    private final Set<Scope> later;

    private Authentication(Scope... later) {
      this.later = Set.of(later);
    }

    @Override
    public Optional<Caller> authenticate(String token) {
      if (calls.getAndIncrement() == 0) {
        return Optional.of(TestServer.ADMIN_PROGRAM);
      }
      return later.isEmpty()
          ? Optional.empty()
          : Optional.of(new Caller.ApiClient(TestServer.ADMIN_PROGRAM.key(), later));
    }
  }
}
