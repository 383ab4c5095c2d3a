package kassa.adapters.http;

import static kassa.adapters.http.People.PASSWORD;
import static kassa.adapters.http.People.login;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigningInTest {

  private static final String ANN =
      """
      {"email": "ann@example.com", "password": "a horse on the stairs", "name": "Ann"}
      """;

  @AutoClose private final TestServer server = TestServer.start();
  private final CheckedClient client = server.client;

  @Test
  void whoever_registers_signs_in_and_orders_at_the_prices_of_the_catalogue() {
    client.post("/v1/products", Bodies.PRODUCT);
    assertThat(client.post("/v1/auth/register", ANN).status()).isEqualTo(201);

    Answer signedIn = People.signedIn(client, "Ann@Example.com");
    CheckedClient ann = client.showing(signedIn.at("/token"));
    Answer order =
        ann.place("{\"currency\": \"USD\", \"lines\": [{\"sku\": \"MUG\", \"quantity\": 2}]}");

    assertThat(signedIn.at("/user/role")).isEqualTo("customer");
    assertThat(signedIn.at("/user/name")).isEqualTo("Ann");
    assertThat(signedIn.at("/session/current")).isEqualTo("true");
    assertThat(order.at("/total")).isEqualTo("25.00");
    assertThat(order.at("/customerId")).isEqualTo(signedIn.at("/user/id"));
    assertThat(ann.get("/v1/orders/" + order.at("/id")).status()).isEqualTo(200);
    assertThat(ann.get("/v1/orders").json().get("data")).hasSize(1);
  }

  @Test
  void registering_answers_the_same_whether_or_not_the_address_is_taken() {
    Answer first = client.post("/v1/auth/register", ANN);
    Answer second = client.post("/v1/auth/register", ANN.replace("horse", "cow"));

    assertThat(second.status()).isEqualTo(first.status());
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.headers().map().keySet()).isEqualTo(first.headers().map().keySet());
    assertThat(People.signedIn(client, "ann@example.com").status()).isEqualTo(200);
  }

  @Test
  void one_text_for_all_who_do_not_get_in() {
    client.post("/v1/auth/register", ANN);
    Answer kept = People.user(client, "customer");
    client.send(
        "PATCH",
        "/v1/users/" + kept.at("/id"),
        "{\"disabled\": true}".getBytes(java.nio.charset.StandardCharsets.UTF_8),
        "Content-Type",
        "application/json");

    List<Answer> refused =
        List.of(
            client.post("/v1/auth/login", login("ann@example.com", "another password")),
            client.post("/v1/auth/login", login("bob@example.com", PASSWORD)),
            client.post("/v1/auth/login", login(kept.at("/email"), PASSWORD)));

    for (Answer answer : refused) {
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.at("/code")).isEqualTo("login_failed");
      assertThat(answer.at("/detail")).isEqualTo(refused.getFirst().at("/detail"));
      assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
    }
  }

  @Test
  void who_tries_too_often_has_to_wait() {
    client.post("/v1/auth/register", ANN);

    Answer last =
        IntStream.range(0, 100)
            .mapToObj(i -> client.post("/v1/auth/login", login("ann@example.com", "guess " + i)))
            .dropWhile(answer -> answer.status() == 401)
            .findFirst()
            .orElseThrow();

    assertThat(last.status()).isEqualTo(429);
    assertThat(last.at("/code")).isEqualTo("throttled");
    assertThat(Integer.parseInt(last.header("Retry-After"))).isPositive();
  }

  @Test
  void says_when_too_many_passwords_are_being_looked_at() {
    server.passwords.crowd(true);

    for (String call : List.of("/v1/auth/login", "/v1/auth/register")) {
      Answer answer = client.post(call, login("ann@example.com", PASSWORD));

      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.at("/code")).isEqualTo("overloaded");
      assertThat(answer.header("Retry-After")).isEqualTo("1");
    }
  }

  @Test
  void a_new_password_ends_the_other_sessions_and_brings_this_one_another_token() {
    client.post("/v1/auth/register", ANN);
    CheckedClient other = client.showing(People.signedIn(client, "ann@example.com").at("/token"));
    CheckedClient ann = client.showing(People.signedIn(client, "ann@example.com").at("/token"));

    Answer changed =
        ann.post(
            "/v1/auth/password",
            "{\"current\": \"a horse on the stairs\", \"new\": \"a cow in the attic\"}");

    assertThat(changed.status()).isEqualTo(200);
    assertThat(other.get("/v1/sessions").status()).isEqualTo(401);
    assertThat(ann.get("/v1/sessions").status()).isEqualTo(401);
    Answer sessions = client.showing(changed.at("/token")).get("/v1/sessions");
    assertThat(sessions.json().get("data")).hasSize(1);
    assertThat(client.post("/v1/auth/login", login("ann@example.com", PASSWORD)).status())
        .isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          wrong password here   | a cow in the attic | /current wrong_password
          a horse on the stairs | password           | /new too_common
          a horse on the stairs | a horse on the stairs | /new unchanged
          a horse on the stairs | short              | /new out_of_range
          """,
      delimiter = '|')
  void says_why_a_password_is_not_changed(String current, String changed, String flaw) {
    client.post("/v1/auth/register", ANN);
    CheckedClient ann = client.showing(People.signedIn(client, "ann@example.com").at("/token"));

    Answer answer =
        ann.post(
            "/v1/auth/password",
            "{\"current\": \"%s\", \"new\": \"%s\"}".formatted(current, changed));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.flaws()).containsExactly(flaw);
    assertThat(ann.get("/v1/sessions").status()).isEqualTo(200);
  }

  @Test
  void people_see_and_end_their_own_sessions() {
    client.post("/v1/auth/register", ANN);
    CheckedClient laptop =
        client.showing(
            client
                .post(
                    "/v1/auth/login",
                    login("ann@example.com", PASSWORD),
                    "Content-Type",
                    "application/json",
                    "User-Agent",
                    "Laptop")
                .at("/token"));
    CheckedClient phone = client.showing(People.signedIn(client, "ann@example.com").at("/token"));
    CheckedClient till = client.showing(People.signedIn(client, "ann@example.com").at("/token"));

    var sessions = laptop.get("/v1/sessions").json().get("data");
    assertThat(sessions).hasSize(3);
    assertThat(
            sessions
                .valueStream()
                .filter(session -> session.get("current").booleanValue())
                .map(session -> session.get("device").stringValue()))
        .containsExactly("Laptop");
    assertThat(sessions.findValuesAsString("address")).containsOnly("127.0.0.1");

    String ofPhone = current(phone);
    assertThat(laptop.delete("/v1/sessions/" + ofPhone).status()).isEqualTo(204);
    assertThat(laptop.delete("/v1/sessions/" + ofPhone).status()).isEqualTo(404);
    assertThat(laptop.delete("/v1/sessions/nonsense").status()).isEqualTo(404);
    assertThat(phone.get("/v1/sessions").status()).isEqualTo(401);

    assertThat(laptop.delete("/v1/sessions").status()).isEqualTo(204);
    assertThat(till.get("/v1/sessions").status()).isEqualTo(401);
    assertThat(laptop.get("/v1/sessions").json().get("data")).hasSize(1);
  }

  private static String current(CheckedClient client) {
    return client
        .get("/v1/sessions")
        .json()
        .get("data")
        .valueStream()
        .filter(session -> session.get("current").booleanValue())
        .findFirst()
        .orElseThrow()
        .get("id")
        .stringValue();
  }

  @Test
  void signing_out_ends_the_session_and_needs_none() {
    client.post("/v1/auth/register", ANN);
    CheckedClient ann = client.showing(People.signedIn(client, "ann@example.com").at("/token"));

    assertThat(ann.post("/v1/auth/logout", "").status()).isEqualTo(204);
    assertThat(ann.get("/v1/sessions").status()).isEqualTo(401);
    assertThat(ann.post("/v1/auth/logout", "").status()).isEqualTo(204);
    assertThat(client.post("/v1/auth/logout", "", "Cookie", "a=b").status()).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/auth/register",
        "/v1/auth/login",
        "/v1/auth/logout",
        "/v1/auth/password",
        "/v1/users",
        "/v1/users/usr_01kdvdna00e000000000000001/password",
        "/v1/api-keys"
      })
  void keeps_no_secret_for_a_key_that_names_the_call(String path) {
    Answer answer =
        client.post(path, ANN, "Content-Type", "application/json", "Idempotency-Key", "k-1");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.flaws()).containsExactly("Idempotency-Key: not_supported");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          /v1/auth/register | {}                                  | /email missing_field, /password missing_field
          /v1/auth/register | {"email": "x", "password": "1"}     | /email malformed, /password out_of_range
          /v1/auth/register | {"email": "a@b", "password": "password"} | /password too_common
          /v1/auth/register | {"email": "a@b", "password": "12345678a", "role": "admin"} | /role unknown_field
          /v1/auth/login    | {"email": 1, "password": []}        | /email wrong_type, /password wrong_type
          /v1/auth/login    | {"email": "a@b", "password": "", "cookie": 1} | /cookie wrong_type
          /v1/users         | {"email": "a@b", "password": "12345678a", "role": "king"} | /role out_of_range
          /v1/api-keys      | {"name": "", "scopes": []}          | /name empty, /scopes empty
          /v1/api-keys      | {"name": "x", "scopes": ["all"]}    | /scopes/0 out_of_range
          /v1/api-keys      | {"name": "x", "scopes": ["admin"], "expiresAt": "2000-01-01T00:00:00Z"} | /expiresAt out_of_range
          """,
      delimiter = '|')
  void tells_all_that_is_wrong_at_once(String path, String body, String flaws) {
    Answer answer = client.post(path, body);

    assertThat(answer.status()).isIn(400, 422);
    assertThat(answer.flaws()).containsExactlyInAnyOrder(flaws.split(", ", -1));
  }
}
