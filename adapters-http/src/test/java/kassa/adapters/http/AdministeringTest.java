package kassa.adapters.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdministeringTest {

  @AutoClose private final TestServer server = TestServer.start();
  private final CheckedClient admin = server.client;

  @Test
  void makes_users_and_finds_them() {
    Answer made =
        admin.post(
            "/v1/users",
            """
            {"email": "Bob@Example.com", "password": "a horse on the stairs", "name": "Bob",
             "role": "operator"}
            """);

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.at("/email")).isEqualTo("bob@example.com");
    assertThat(made.at("/disabled")).isEqualTo("false");
    assertThat(made.header("Location")).isEqualTo("/v1/users/" + made.at("/id"));
    assertThat(admin.get(made.header("Location")).json()).isEqualTo(made.json());
    assertThat(admin.get("/v1/users/usr_7zzzzzzzzzzzzzzzzzzzzzzzzz").status()).isEqualTo(404);
    assertThat(admin.get("/v1/users/nonsense").status()).isEqualTo(404);
  }

  @Test
  void tells_that_an_address_is_taken() {
    String email = People.user(admin, "customer").at("/email");

    Answer answer =
        admin.post(
            "/v1/users",
            People.login(email, "another password").replace("}", ", \"role\": \"admin\"}"));

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.at("/code")).isEqualTo("email_taken");
  }

  @Test
  void ends_the_sessions_of_everybody_but_the_one_that_asks() {
    CheckedClient boss = People.client(admin, "admin");
    CheckedClient customer = People.client(admin, "customer");

    assertThat(customer.delete("/v1/users/sessions").status()).isEqualTo(403);
    assertThat(boss.delete("/v1/users/sessions").status()).isEqualTo(204);

    assertThat(boss.get("/v1/sessions").json().get("data")).hasSize(1);
    assertThat(customer.get("/v1/sessions").status()).isEqualTo(401);
  }

  @Test
  void a_walk_meets_every_user_once() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      made.add(People.user(admin, "customer").at("/id"));
    }

    assertThat(walk("/v1/users", 2, "/id")).containsExactlyElementsOf(made);
    assertThat(walk("/v1/users", 3, "/id")).containsExactlyElementsOf(made);
    assertThat(walk("/v1/users", 200, "/id")).containsExactlyElementsOf(made);
  }

  @Test
  void a_walk_meets_every_key_once() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      made.add(People.key(admin, "orders:read").at("/key/id"));
    }

    assertThat(walk("/v1/api-keys", 2, "/id")).containsExactlyElementsOf(made);
  }

  @Test
  void a_walk_meets_every_event_once_the_newest_first() {
    Answer user = People.user(admin, "customer");
    People.signedIn(admin, user.at("/email"));
    People.key(admin, "orders:read");

    assertThat(walk("/v1/audit", 1, "/type"))
        .containsExactly("key_issued", "signed_in", "user_created");
    Answer page = admin.get("/v1/audit");
    assertThat(page.at("/data/0/actor")).isEqualTo(TestServer.PROGRAM.name());
    assertThat(page.at("/data/2/subject")).isEqualTo(user.at("/id"));
    assertThat(page.at("/data/0/address")).isEqualTo("127.0.0.1");
  }

  private List<String> walk(String path, int limit, String pointer) {
    List<String> met = new ArrayList<>();
    Answer page = admin.get(path + "?limit=" + limit);
    while (true) {
      assertThat(page.json().get("data")).isNotEmpty();
      page.json().get("data").forEach(row -> met.add(row.at(pointer).stringValue()));
      if (page.json().get("nextCursor").isNull()) {
        return met;
      }
      page = admin.get(path + "?limit=" + limit + "&cursor=" + page.at("/nextCursor"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/users", "/v1/api-keys", "/v1/audit"})
  void takes_no_cursor_of_another_list(String path) {
    for (int i = 0; i < 2; i++) {
      People.user(admin, "customer");
      People.key(admin, "orders:read");
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
  void a_role_that_is_taken_is_taken_at_once() {
    Answer user = People.user(admin, "operator");
    CheckedClient operator = admin.showing(People.signedIn(admin, user.at("/email")).at("/token"));
    assertThat(operator.get("/v1/reports/sales?groupBy=sku").status()).isEqualTo(200);

    Answer changed = patch(user.at("/id"), "{\"role\": \"customer\"}");

    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.at("/role")).isEqualTo("customer");
    Answer refused = operator.get("/v1/reports/sales?groupBy=sku");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.at("/detail")).isEqualTo("This needs the role operator or admin.");
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
  void ends_sessions_if_told_to(String body, int status) {
    Answer user = People.user(admin, "customer");
    CheckedClient client = admin.showing(People.signedIn(admin, user.at("/email")).at("/token"));

    assertThat(patch(user.at("/id"), body).status()).isEqualTo(200);

    assertThat(client.get("/v1/sessions").status()).isEqualTo(status);
  }

  @Test
  void ends_all_sessions_of_a_user() {
    Answer user = People.user(admin, "customer");
    CheckedClient client = admin.showing(People.signedIn(admin, user.at("/email")).at("/token"));
    String sessions = "/v1/users/" + user.at("/id") + "/sessions";

    assertThat(admin.delete(sessions).status()).isEqualTo(204);
    assertThat(admin.delete(sessions).status()).isEqualTo(204);
    assertThat(client.get("/v1/sessions").status()).isEqualTo(401);
    assertThat(admin.delete("/v1/users/usr_7zzzzzzzzzzzzzzzzzzzzzzzzz/sessions").status())
        .isEqualTo(404);
  }

  @Test
  void leaves_an_admin() {
    String only = People.user(admin, "admin").at("/id");

    Answer answer = patch(only, "{\"disabled\": true}");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.at("/code")).isEqualTo("last_admin");
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
          {"email": "b@b"}      | 400 | /email unknown_field
          """,
      delimiter = '|')
  void says_what_is_wrong_with_a_change(String body, int status, String flaw) {
    Answer answer = patch(People.user(admin, "customer").at("/id"), body);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.flaws()).containsExactly(flaw);
  }

  @Test
  void changes_nobody_who_is_not_there() {
    for (String body : List.of("{\"disabled\": true}", "{\"endSessions\": true}")) {
      assertThat(patch("usr_7zzzzzzzzzzzzzzzzzzzzzzzzz", body).status()).isEqualTo(404);
    }
  }

  @Test
  void a_key_is_good_for_its_scopes_until_it_is_revoked_and_its_secret_is_told_once() {
    Answer key = People.key(admin, "reports:read", "orders:read");
    CheckedClient program = admin.showing(key.at("/secret"));

    assertThat(program.get("/v1/orders").status()).isEqualTo(200);
    Answer refused = program.post("/v1/orders", Bodies.GOOD);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.at("/detail")).isEqualTo("This needs the scope orders:write.");
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
          GET    | /v1/reports/sales?groupBy=sku | orders:read  | This needs the scope reports:read.
          GET    | /v1/orders                    | reports:read | This needs the scope orders:read.
          GET    | /v1/rules                     | orders:read  | This needs the scope rules:read or rules:write.
          DELETE | /v1/products/MUG              | rules:write  | This needs the scope admin.
          GET    | /v1/users                     | orders:write | This needs the scope admin.
          GET    | /v1/sessions                  | admin        | This is for people who signed in.
          """,
      delimiter = '|')
  void says_which_scope_is_needed(String method, String target, String scope, String detail) {
    CheckedClient program = People.program(admin, scope);

    Answer answer = program.send(method, target, new byte[0]);

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.at("/detail")).isEqualTo(detail);
  }

  @Test
  void the_key_of_a_call_is_that_of_its_caller_alone() {
    String[] key = {"Content-Type", "application/json", "Idempotency-Key", "order-1"};
    CheckedClient other = People.program(admin, "orders:write", "prices:set");

    Answer mine = admin.post("/v1/orders", Bodies.GOOD, key);
    Answer theirs = other.post("/v1/orders", Bodies.GOOD, key);
    Answer again = admin.post("/v1/orders", Bodies.GOOD, key);

    assertThat(theirs.has("Idempotent-Replayed")).isFalse();
    assertThat(theirs.at("/id")).isNotEqualTo(mine.at("/id"));
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(again.at("/id")).isEqualTo(mine.at("/id"));
    String batch = Bodies.batch(Bodies.GOOD.replaceFirst("\\{", "{\"key\": \"order-1\", "));
    assertThat(other.post("/v1/orders/batch", batch).at("/results/0/status")).isIn("201", "422");
  }

  @Test
  void a_line_that_its_caller_may_not_send_harms_no_other() {
    admin.post("/v1/products", Bodies.PRODUCT);
    CheckedClient customer = People.client(admin, "customer");
    String own = "{\"currency\": \"USD\", \"lines\": [{\"sku\": \"MUG\", \"quantity\": 1}]}";

    Answer batch = customer.post("/v1/orders/batch", Bodies.batch(Bodies.GOOD, own));
    Answer stream =
        customer.post(
            "/v1/orders/batch",
            Bodies.GOOD + "\n" + own + "\n",
            "Content-Type",
            "application/x-ndjson");

    assertThat(batch.status()).isEqualTo(200);
    assertThat(batch.at("/results/0/status")).isEqualTo("403");
    assertThat(batch.at("/results/0/problem/code")).isEqualTo("forbidden");
    assertThat(batch.at("/results/1/status")).isEqualTo("201");
    assertThat(stream.body()).contains("\"status\":403", "\"placed\":1,\"rejected\":1");
  }

  private Answer patch(String id, String body) {
    return admin.send(
        "PATCH", "/v1/users/" + id, body.getBytes(UTF_8), "Content-Type", "application/json");
  }
}
