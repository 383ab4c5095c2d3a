package kassa.adapters.http.identity;

import static kassa.adapters.http.HttpTestUsers.PASSWORD;
import static kassa.adapters.http.HttpTestUsers.loginBody;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
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

class SignInEndpointTest {

  private static final String CUSTOMER_CREDENTIALS =
      """
      {"email": "ann@example.com", "password": "a horse on the stairs", "name": "Ann"}
      """;

  @AutoClose private final TestServer server = TestServer.start();
  private final ContractCheckingClient client = server.client;

  @Test
  void registered_customer_logs_in_and_orders_at_catalogue_prices() {
    client.post("/v1/products", OrderBodies.PRODUCT);
    assertThat(client.post("/v1/auth/register", CUSTOMER_CREDENTIALS).status()).isEqualTo(201);

    TestResponse signedIn = HttpTestUsers.signIn(client, "Ann@Example.com");
    ContractCheckingClient ann = client.withToken(signedIn.at("/token"));
    TestResponse order =
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
  void registration_response_does_not_reveal_existing_email() {
    TestResponse first = client.post("/v1/auth/register", CUSTOMER_CREDENTIALS);
    TestResponse second =
        client.post("/v1/auth/register", CUSTOMER_CREDENTIALS.replace("horse", "cow"));

    assertThat(second.status()).isEqualTo(first.status());
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.headers().map().keySet()).isEqualTo(first.headers().map().keySet());
    assertThat(HttpTestUsers.signIn(client, "ann@example.com").status()).isEqualTo(200);
  }

  @Test
  void failed_login_always_has_the_same_response() {
    client.post("/v1/auth/register", CUSTOMER_CREDENTIALS);
    TestResponse disabledUser = HttpTestUsers.createUser(client, "customer");
    client.send(
        "PATCH",
        "/v1/users/" + disabledUser.at("/id"),
        "{\"disabled\": true}".getBytes(java.nio.charset.StandardCharsets.UTF_8),
        "Content-Type",
        "application/json");

    List<TestResponse> refused =
        List.of(
            client.post("/v1/auth/login", loginBody("ann@example.com", "another password")),
            client.post("/v1/auth/login", loginBody("bob@example.com", PASSWORD)),
            client.post("/v1/auth/login", loginBody(disabledUser.at("/email"), PASSWORD)));

    for (TestResponse response : refused) {
      assertThat(response.status()).isEqualTo(401);
      assertThat(response.at("/code")).isEqualTo("login_failed");
      assertThat(response.at("/detail")).isEqualTo(refused.getFirst().at("/detail"));
      assertThat(response.header("WWW-Authenticate")).isEqualTo("Bearer");
    }
  }

  @Test
  void repeated_failed_logins_are_throttled() {
    client.post("/v1/auth/register", CUSTOMER_CREDENTIALS);

    TestResponse last =
        IntStream.range(0, 100)
            .mapToObj(
                i -> client.post("/v1/auth/login", loginBody("ann@example.com", "guess " + i)))
            .dropWhile(response -> response.status() == 401)
            .findFirst()
            .orElseThrow();

    assertThat(last.status()).isEqualTo(429);
    assertThat(last.at("/code")).isEqualTo("too_many_attempts");
    assertThat(Integer.parseInt(last.header("Retry-After"))).isPositive();
  }

  @Test
  void password_hashing_overload_is_503_with_retry_after() {
    server.passwords.setOverloaded(true);

    for (String path : List.of("/v1/auth/login", "/v1/auth/register")) {
      TestResponse response = client.post(path, loginBody("ann@example.com", PASSWORD));

      assertThat(response.status()).isEqualTo(503);
      assertThat(response.at("/code")).isEqualTo("overloaded");
      assertThat(response.header("Retry-After")).isEqualTo("1");
    }
  }

  @Test
  void password_change_revokes_other_sessions_and_renews_the_token() {
    client.post("/v1/auth/register", CUSTOMER_CREDENTIALS);
    ContractCheckingClient other =
        client.withToken(HttpTestUsers.signIn(client, "ann@example.com").at("/token"));
    ContractCheckingClient ann =
        client.withToken(HttpTestUsers.signIn(client, "ann@example.com").at("/token"));

    TestResponse changed =
        ann.post(
            "/v1/auth/password",
            "{\"current\": \"a horse on the stairs\", \"new\": \"a cow in the attic\"}");

    assertThat(changed.status()).isEqualTo(200);
    assertThat(other.get("/v1/sessions").status()).isEqualTo(401);
    assertThat(ann.get("/v1/sessions").status()).isEqualTo(401);
    TestResponse sessions = client.withToken(changed.at("/token")).get("/v1/sessions");
    assertThat(sessions.json().get("data")).hasSize(1);
    assertThat(client.post("/v1/auth/login", loginBody("ann@example.com", PASSWORD)).status())
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
  void rejects_invalid_password_change(String current, String changed, String violation) {
    client.post("/v1/auth/register", CUSTOMER_CREDENTIALS);
    ContractCheckingClient ann =
        client.withToken(HttpTestUsers.signIn(client, "ann@example.com").at("/token"));

    TestResponse response =
        ann.post(
            "/v1/auth/password",
            "{\"current\": \"%s\", \"new\": \"%s\"}".formatted(current, changed));

    assertThat(response.status()).isEqualTo(422);
    assertThat(response.violations()).containsExactly(violation);
    assertThat(ann.get("/v1/sessions").status()).isEqualTo(200);
  }

  @Test
  void users_list_and_revoke_their_own_sessions() {
    client.post("/v1/auth/register", CUSTOMER_CREDENTIALS);
    ContractCheckingClient laptop =
        client.withToken(
            client
                .post(
                    "/v1/auth/login",
                    loginBody("ann@example.com", PASSWORD),
                    "Content-Type",
                    "application/json",
                    "User-Agent",
                    "Laptop")
                .at("/token"));
    ContractCheckingClient phone =
        client.withToken(HttpTestUsers.signIn(client, "ann@example.com").at("/token"));
    ContractCheckingClient till =
        client.withToken(HttpTestUsers.signIn(client, "ann@example.com").at("/token"));

    var sessions = laptop.get("/v1/sessions").json().get("data");
    assertThat(sessions).hasSize(3);
    assertThat(
            sessions
                .valueStream()
                .filter(session -> session.get("current").booleanValue())
                .map(session -> session.get("device").stringValue()))
        .containsExactly("Laptop");
    assertThat(sessions.findValuesAsString("address")).containsOnly("127.0.0.1");

    String phoneSession = currentSession(phone);
    assertThat(laptop.delete("/v1/sessions/" + phoneSession).status()).isEqualTo(204);
    assertThat(laptop.delete("/v1/sessions/" + phoneSession).status()).isEqualTo(404);
    assertThat(laptop.delete("/v1/sessions/nonsense").status()).isEqualTo(404);
    assertThat(phone.get("/v1/sessions").status()).isEqualTo(401);

    assertThat(laptop.delete("/v1/sessions").status()).isEqualTo(204);
    assertThat(till.get("/v1/sessions").status()).isEqualTo(401);
    assertThat(laptop.get("/v1/sessions").json().get("data")).hasSize(1);
  }

  private static String currentSession(ContractCheckingClient client) {
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
  void logout_revokes_the_session_and_works_without_one() {
    client.post("/v1/auth/register", CUSTOMER_CREDENTIALS);
    ContractCheckingClient ann =
        client.withToken(HttpTestUsers.signIn(client, "ann@example.com").at("/token"));

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
  void credential_endpoints_reject_idempotency_keys(String path) {
    TestResponse response =
        client.post(
            path,
            CUSTOMER_CREDENTIALS,
            "Content-Type",
            "application/json",
            "Idempotency-Key",
            "k-1");

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.violations()).containsExactly("Idempotency-Key: not_supported");
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
  void reports_all_violations_at_once(String path, String body, String violations) {
    TestResponse response = client.post(path, body);

    assertThat(response.status()).isIn(400, 422);
    assertThat(response.violations()).containsExactlyInAnyOrder(violations.split(", ", -1));
  }
}
