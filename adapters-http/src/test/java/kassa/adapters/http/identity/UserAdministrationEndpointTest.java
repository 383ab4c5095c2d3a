package kassa.adapters.http.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.HttpTestUsers;
import kassa.adapters.http.OrderBodies;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class UserAdministrationEndpointTest {

  @AutoClose private final TestServer server = TestServer.start();
  private final ContractCheckingClient admin = server.client;

  @Test
  void creates_and_finds_users() {
    TestResponse created =
        admin.post(
            "/v1/users",
            """
            {"email": "Bob@Example.com", "password": "a horse on the stairs", "name": "Bob",
             "role": "operator"}
            """);

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.at("/email")).isEqualTo("bob@example.com");
    assertThat(created.at("/disabled")).isEqualTo("false");
    assertThat(created.header("Location")).isEqualTo("/v1/users/" + created.at("/id"));
    assertThat(admin.get(created.header("Location")).json()).isEqualTo(created.json());
    assertThat(admin.get("/v1/users/usr_7zzzzzzzzzzzzzzzzzzzzzzzzz").status()).isEqualTo(404);
    assertThat(admin.get("/v1/users/nonsense").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "id, usr_7zzzzzzzzzzzzzzzzzzzzzzzzz",
    "email, b@example.com",
    "name, Eve",
    "createdAt, 2026-01-01T00:00:00Z"
  })
  void patch_takes_what_get_answered_and_refuses_other_values_of_read_only_fields(
      String field, String otherValue) {
    String path = HttpTestUsers.createUser(admin, "customer").header("Location");
    ObjectNode user = (ObjectNode) admin.get(path).json();

    TestResponse changed = patch(path, user.put("role", "operator"));
    TestResponse refused = patch(path, user.put(field, otherValue).put("role", "admin"));

    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.at("/role")).isEqualTo("operator");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.violations()).containsExactly("/" + field + " read_only");
    assertThat(admin.get(path).json()).isEqualTo(changed.json());
  }

  @Test
  void reports_email_already_taken() {
    String email = HttpTestUsers.createUser(admin, "customer").at("/email");

    TestResponse response =
        admin.post(
            "/v1/users",
            HttpTestUsers.loginBody(email, "another password")
                .replace("}", ", \"role\": \"admin\"}"));

    assertThat(response.status()).isEqualTo(409);
    assertThat(response.at("/code")).isEqualTo("email_taken");
  }

  @Test
  void revokes_all_sessions_except_the_current_one() {
    ContractCheckingClient adminUser = HttpTestUsers.createUserClient(admin, "admin");
    ContractCheckingClient customer = HttpTestUsers.createUserClient(admin, "customer");

    assertThat(customer.delete("/v1/users/sessions").status()).isEqualTo(403);
    assertThat(adminUser.delete("/v1/users/sessions").status()).isEqualTo(204);

    assertThat(adminUser.get("/v1/sessions").json().get("data")).hasSize(1);
    assertThat(customer.get("/v1/sessions").status()).isEqualTo(401);
  }

  @Test
  void finds_users_by_a_part_of_the_name_or_email() {
    List<String> ids = new ArrayList<>();
    for (String name : List.of("\u00c4nn One", "Bob", "a\u0308nn two")) {
      TestResponse created =
          admin.post(
              "/v1/users",
              """
              {"email": "user-%s@example.com", "password": "a horse on the stairs",
               "name": "%s", "role": "customer"}
              """
                  .formatted(ids.size(), name));
      ids.add(created.at("/id"));
    }

    TestResponse first = admin.get("/v1/users?q=A%CC%88NN&limit=1");
    TestResponse second =
        admin.get("/v1/users?q=A%CC%88NN&limit=1&cursor=" + first.at("/nextCursor"));

    assertThat(List.of(first.at("/data/0/id"), second.at("/data/0/id")))
        .containsExactly(ids.getFirst(), ids.getLast());
    assertThat(second.json().get("nextCursor").isNull()).isTrue();
    assertThat(admin.get("/v1/users?q=USER-0@").json().get("data")).hasSize(1);
    assertThat(admin.get("/v1/users?q=nobody").json().get("data")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"'', empty", "a%0Ab, malformed", "%20a, malformed"})
  void rejects_an_invalid_search_text(String text, String code) {
    TestResponse response = admin.get("/v1/users?q=" + text);

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.at("/errors/0/code")).isEqualTo(code);
    assertThat(admin.get("/v1/users?q=" + "a".repeat(255)).at("/errors/0/code"))
        .isEqualTo("too_long");
  }

  @Test
  void rejects_a_cursor_of_another_search_text() {
    HttpTestUsers.createUser(admin, "customer");
    HttpTestUsers.createUser(admin, "customer");
    String all = admin.get("/v1/users?limit=1").at("/nextCursor");
    String found = admin.get("/v1/users?q=user&limit=1").at("/nextCursor");

    assertThat(admin.get("/v1/users?cursor=" + found + "&q=user").status()).isEqualTo(200);
    for (String query :
        List.of("q=user&cursor=" + all, "q=use&cursor=" + found, "cursor=" + found)) {
      assertThat(admin.get("/v1/users?" + query).at("/code")).isEqualTo("invalid_cursor");
    }
  }

  @Test
  void paging_lists_every_user_once() {
    List<String> created = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      created.add(HttpTestUsers.createUser(admin, "customer").at("/id"));
    }

    assertThat(listAllPages("/v1/users", 2, "/id")).containsExactlyElementsOf(created);
    assertThat(listAllPages("/v1/users", 3, "/id")).containsExactlyElementsOf(created);
    assertThat(listAllPages("/v1/users", 200, "/id")).containsExactlyElementsOf(created);
  }

  @Test
  void paging_lists_every_api_key_once() {
    List<String> created = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      created.add(HttpTestUsers.createApiKey(admin, "orders:read").at("/key/id"));
    }

    assertThat(listAllPages("/v1/api-keys", 2, "/id")).containsExactlyElementsOf(created);
  }

  @Test
  void paging_lists_every_audit_event_once_newest_first() {
    TestResponse user = HttpTestUsers.createUser(admin, "customer");
    HttpTestUsers.signIn(admin, user.at("/email"));
    HttpTestUsers.createApiKey(admin, "orders:read");

    assertThat(listAllPages("/v1/audit", 1, "/type"))
        .containsExactly("key_issued", "signed_in", "user_created");
    TestResponse page = admin.get("/v1/audit");
    assertThat(page.at("/data/0/actor")).isEqualTo(TestServer.ADMIN_PROGRAM.name());
    assertThat(page.at("/data/2/subject")).isEqualTo(user.at("/id"));
    assertThat(page.at("/data/0/address")).isEqualTo("127.0.0.1");
  }

  private List<String> listAllPages(String path, int limit, String pointer) {
    List<String> listed = new ArrayList<>();
    TestResponse page = admin.get(path + "?limit=" + limit);
    while (true) {
      assertThat(page.json().get("data")).isNotEmpty();
      page.json().get("data").forEach(row -> listed.add(row.at(pointer).stringValue()));
      if (page.json().get("nextCursor").isNull()) {
        return listed;
      }
      page = admin.get(path + "?limit=" + limit + "&cursor=" + page.at("/nextCursor"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/users", "/v1/api-keys", "/v1/audit"})
  void rejects_cursor_of_another_list(String path) {
    for (int i = 0; i < 2; i++) {
      HttpTestUsers.createUser(admin, "customer");
      HttpTestUsers.createApiKey(admin, "orders:read");
    }
    for (String other : List.of("/v1/users", "/v1/api-keys", "/v1/audit")) {
      String cursor = admin.get(other + "?limit=1").at("/nextCursor");

      assertThat(admin.get(path + "?cursor=" + cursor).status())
          .isEqualTo(path.equals(other) ? 200 : 400);
    }
    assertThat(admin.get(path + "?limit=0").status()).isEqualTo(400);
    assertThat(admin.get(path + "?limit=201").status()).isEqualTo(400);
    assertThat(admin.get(path + "?cursor=nonsense").status()).isEqualTo(400);
  }

  @Test
  void removed_role_takes_effect_immediately() {
    TestResponse user = HttpTestUsers.createUser(admin, "operator");
    ContractCheckingClient operator =
        admin.withToken(HttpTestUsers.signIn(admin, user.at("/email")).at("/token"));
    assertThat(operator.get("/v1/reports/sales?groupBy=sku").status()).isEqualTo(200);

    TestResponse changed = patch(user.at("/id"), "{\"role\": \"customer\"}");

    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.at("/role")).isEqualTo("customer");
    TestResponse refused = operator.get("/v1/reports/sales?groupBy=sku");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.at("/detail"))
        .isEqualTo("This operation requires the role operator or admin.");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          {"disabled": true}                         | 401
          {"endSessions": true}                      | 401
          {"role": "operator", "endSessions": true}  | 401
          {"role": "operator", "endSessions": false} | 200
          {"disabled": false}                        | 200
          """,
      delimiter = '|')
  void revokes_sessions_on_request(String body, int status) {
    TestResponse user = HttpTestUsers.createUser(admin, "customer");
    ContractCheckingClient client =
        admin.withToken(HttpTestUsers.signIn(admin, user.at("/email")).at("/token"));

    assertThat(patch(user.at("/id"), body).status()).isEqualTo(200);

    assertThat(client.get("/v1/sessions").status()).isEqualTo(status);
  }

  @Test
  void revokes_all_sessions_of_a_user() {
    TestResponse user = HttpTestUsers.createUser(admin, "customer");
    ContractCheckingClient client =
        admin.withToken(HttpTestUsers.signIn(admin, user.at("/email")).at("/token"));
    String sessions = "/v1/users/" + user.at("/id") + "/sessions";

    assertThat(admin.delete(sessions).status()).isEqualTo(204);
    assertThat(admin.delete(sessions).status()).isEqualTo(204);
    assertThat(client.get("/v1/sessions").status()).isEqualTo(401);
    assertThat(admin.delete("/v1/users/usr_7zzzzzzzzzzzzzzzzzzzzzzzzz/sessions").status())
        .isEqualTo(404);
  }

  @Test
  void last_admin_cannot_be_disabled_or_demoted() {
    String only = HttpTestUsers.createUser(admin, "admin").at("/id");

    TestResponse response = patch(only, "{\"disabled\": true}");

    assertThat(response.status()).isEqualTo(409);
    assertThat(response.at("/code")).isEqualTo("last_admin");
    assertThat(patch(only, "{\"role\": \"customer\"}").status()).isEqualTo(409);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          {}                    | 422 | empty
          {"role": null}        | 422 | empty
          {"role": "king"}      | 422 | /role out_of_range
          {"role": 1}           | 400 | /role wrong_type
          {"disabled": "yes"}   | 400 | /disabled wrong_type
          {"email": "b@b"}      | 422 | /email read_only
          """,
      delimiter = '|')
  void rejects_invalid_user_update(String body, int status, String violation) {
    TestResponse response = patch(HttpTestUsers.createUser(admin, "customer").at("/id"), body);

    assertThat(response.status()).isEqualTo(status);
    assertThat(response.violations()).containsExactly(violation);
  }

  @Test
  void update_of_unknown_user_is_not_found() {
    for (String body : List.of("{\"disabled\": true}", "{\"endSessions\": true}")) {
      assertThat(patch("usr_7zzzzzzzzzzzzzzzzzzzzzzzzz", body).status()).isEqualTo(404);
    }
  }

  @Test
  void api_key_works_within_its_scopes_until_revoked_and_is_shown_once() {
    TestResponse key = HttpTestUsers.createApiKey(admin, "reports:read", "orders:read");
    ContractCheckingClient program = admin.withToken(key.at("/secret"));

    assertThat(program.get("/v1/orders").status()).isEqualTo(200);
    TestResponse refused = program.post("/v1/orders", OrderBodies.VALID_ORDER);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.at("/detail")).isEqualTo("This operation requires the scope orders:write.");
    assertThat(admin.get("/v1/api-keys").body()).doesNotContain(key.at("/secret"));

    String path = "/v1/api-keys/" + key.at("/key/id");
    assertThat(admin.delete(path).status()).isEqualTo(204);
    assertThat(admin.delete(path).status()).isEqualTo(204);
    assertThat(program.get("/v1/orders").status()).isEqualTo(401);
    assertThat(admin.get("/v1/api-keys").json().at("/data/0/revokedAt").isNull()).isFalse();
    assertThat(admin.delete("/v1/api-keys/key_7zzzzzzzzzzzzzzzzzzzzzzzzz").status()).isEqualTo(404);
    assertThat(admin.delete("/v1/api-keys/nonsense").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          GET    | /v1/reports/sales?groupBy=sku | orders:read  | This operation requires the scope reports:read.
          GET    | /v1/orders                    | reports:read | This operation requires the scope orders:read.
          GET    | /v1/rules                     | orders:read  | This operation requires the scope rules:read or rules:write.
          DELETE | /v1/products/MUG              | rules:write  | This operation requires the scope admin.
          GET    | /v1/users                     | orders:write | This operation requires the scope admin.
          GET    | /v1/sessions                  | admin        | This operation requires a signed-in user.
          """,
      delimiter = '|')
  void names_the_missing_scope(String method, String target, String scope, String detail) {
    ContractCheckingClient program = HttpTestUsers.createProgramClient(admin, scope);

    TestResponse response = program.send(method, target, new byte[0]);

    assertThat(response.status()).isEqualTo(403);
    assertThat(response.at("/detail")).isEqualTo(detail);
  }

  @Test
  void idempotency_key_belongs_to_its_caller() {
    String[] key = {"Content-Type", "application/json", "Idempotency-Key", "order-1"};
    ContractCheckingClient other =
        HttpTestUsers.createProgramClient(admin, "orders:write", "prices:set");

    TestResponse first = admin.post("/v1/orders", OrderBodies.VALID_ORDER, key);
    TestResponse otherCaller = other.post("/v1/orders", OrderBodies.VALID_ORDER, key);
    TestResponse replayed = admin.post("/v1/orders", OrderBodies.VALID_ORDER, key);

    assertThat(otherCaller.has("Idempotent-Replayed")).isFalse();
    assertThat(otherCaller.at("/id")).isNotEqualTo(first.at("/id"));
    assertThat(replayed.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(replayed.at("/id")).isEqualTo(first.at("/id"));
    String batch =
        OrderBodies.batch(OrderBodies.VALID_ORDER.replaceFirst("\\{", "{\"key\": \"order-1\", "));
    assertThat(other.post("/v1/orders/batch", batch).at("/results/0/status")).isIn("201", "422");
  }

  @Test
  void forbidden_order_of_a_batch_does_not_affect_others() {
    admin.post("/v1/products", OrderBodies.PRODUCT);
    ContractCheckingClient customer = HttpTestUsers.createUserClient(admin, "customer");
    String own = "{\"currency\": \"USD\", \"lines\": [{\"sku\": \"MUG\", \"quantity\": 1}]}";

    TestResponse batch =
        customer.post("/v1/orders/batch", OrderBodies.batch(OrderBodies.VALID_ORDER, own));
    TestResponse stream =
        customer.post(
            "/v1/orders/batch",
            OrderBodies.VALID_ORDER + "\n" + own + "\n",
            "Content-Type",
            "application/x-ndjson");

    assertThat(batch.status()).isEqualTo(200);
    assertThat(batch.at("/results/0/status")).isEqualTo("403");
    assertThat(batch.at("/results/0/problem/code")).isEqualTo("forbidden");
    assertThat(batch.at("/results/1/status")).isEqualTo("201");
    assertThat(stream.body()).contains("\"status\":403", "\"placed\":1,\"rejected\":1");
  }

  private TestResponse patch(String id, String body) {
    return admin.send(
        "PATCH", "/v1/users/" + id, body.getBytes(UTF_8), "Content-Type", "application/json");
  }

  private TestResponse patch(String path, ObjectNode body) {
    return admin.send(
        "PATCH", path, body.toString().getBytes(UTF_8), "Content-Type", "application/json");
  }
}
