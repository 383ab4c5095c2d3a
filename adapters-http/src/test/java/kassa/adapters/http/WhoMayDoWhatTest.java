package kassa.adapters.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import kassa.adapters.http.Contract.Operation;
import kassa.application.port.out.Tokens;
import kassa.contract.QuickTokens;
import kassa.contract.SamplePeople;
import kassa.domain.identity.ApiKey;
import kassa.domain.identity.Permission;
import kassa.domain.identity.Role;
import kassa.domain.identity.Scope;
import kassa.domain.identity.UserId;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Walks through every call of the contract with all that is not enough for it. */
class WhoMayDoWhatTest {

  /** Who may do nothing with a call can do none of these; with one of them, something. */
  private static final Map<String, Set<Permission>> NEEDED =
      Map.ofEntries(
          Map.entry("quoteCart", Set.of(Permission.PLACE_ORDERS)),
          Map.entry("placeOrder", Set.of(Permission.PLACE_ORDERS)),
          Map.entry("placeOrders", Set.of(Permission.PLACE_ORDERS)),
          Map.entry("listOrders", toSeeOrders()),
          Map.entry("exportOrders", toSeeOrders()),
          Map.entry("findOrder", toSeeOrders()),
          Map.entry("findOrderEvents", toSeeOrders()),
          Map.entry("findRefunds", toSeeOrders()),
          Map.entry("payOrder", Set.of(Permission.MOVE_ORDERS)),
          Map.entry("shipOrder", Set.of(Permission.MOVE_ORDERS)),
          Map.entry("completeOrder", Set.of(Permission.MOVE_ORDERS)),
          Map.entry("cancelOrder", Set.of(Permission.MOVE_ORDERS, Permission.SEE_OWN_ORDERS)),
          Map.entry("refundOrder", Set.of(Permission.MOVE_ORDERS)),
          Map.entry("reportSales", Set.of(Permission.REPORT_SALES)),
          Map.entry("listProducts", Set.of(Permission.SEE_PRODUCTS)),
          Map.entry("findProduct", Set.of(Permission.SEE_PRODUCTS)),
          Map.entry("createProduct", Set.of(Permission.WRITE_PRODUCTS)),
          Map.entry("importProducts", Set.of(Permission.WRITE_PRODUCTS)),
          Map.entry("putProduct", Set.of(Permission.WRITE_PRODUCTS)),
          Map.entry("deleteProduct", Set.of(Permission.WRITE_PRODUCTS)),
          Map.entry("listRules", Set.of(Permission.SEE_RULES)),
          Map.entry("findRule", Set.of(Permission.SEE_RULES)),
          Map.entry("listRuleVersions", Set.of(Permission.SEE_RULES)),
          Map.entry("readRuleUsage", Set.of(Permission.SEE_RULES)),
          Map.entry("validateRules", Set.of(Permission.SEE_RULES)),
          Map.entry("createRule", Set.of(Permission.WRITE_RULES)),
          Map.entry("replaceRule", Set.of(Permission.WRITE_RULES)),
          Map.entry("activateRule", Set.of(Permission.WRITE_RULES)),
          Map.entry("pauseRule", Set.of(Permission.WRITE_RULES)),
          Map.entry("archiveRule", Set.of(Permission.WRITE_RULES)),
          Map.entry("listCodes", Set.of(Permission.SEE_RULES)),
          Map.entry("findCode", Set.of(Permission.SEE_RULES)),
          Map.entry("issueCodes", Set.of(Permission.WRITE_RULES)),
          Map.entry("changePassword", Set.of(Permission.OWN_SESSIONS)),
          Map.entry("listSessions", Set.of(Permission.OWN_SESSIONS)),
          Map.entry("endOtherSessions", Set.of(Permission.OWN_SESSIONS)),
          Map.entry("endSession", Set.of(Permission.OWN_SESSIONS)),
          Map.entry("listUsers", Set.of(Permission.ADMINISTER)),
          Map.entry("createUser", Set.of(Permission.ADMINISTER)),
          Map.entry("findUser", Set.of(Permission.ADMINISTER)),
          Map.entry("changeUser", Set.of(Permission.ADMINISTER)),
          Map.entry("replacePassword", Set.of(Permission.ADMINISTER)),
          Map.entry("endEverybodysSessions", Set.of(Permission.ADMINISTER)),
          Map.entry("endSessionsOfUser", Set.of(Permission.ADMINISTER)),
          Map.entry("listKeys", Set.of(Permission.ADMINISTER)),
          Map.entry("issueKey", Set.of(Permission.ADMINISTER)),
          Map.entry("revokeKey", Set.of(Permission.ADMINISTER)),
          Map.entry("readAudit", Set.of(Permission.ADMINISTER)));

  private static final Set<String> OPEN =
      Set.of(
          "register",
          "signIn",
          "signOut",
          "health",
          "live",
          "ready",
          "version",
          "contract",
          "page",
          "pageScript",
          "pageStyle",
          "pageLibrary");

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private static final CheckedClient ADMIN = SERVER.client;

  /** What stands for the variable parts of paths. */
  private static final Map<String, String> NAMES = filled(ADMIN);

  private static final byte[] DISABLED = "{\"disabled\": true}".getBytes(UTF_8);

  /** Keeps one of each, and tells their paths. */
  private static Map<String, String> filled(CheckedClient admin) {
    CheckedClient.expect(201, admin.post("/v1/products", Bodies.PRODUCT));
    String rule = Rules.created(admin, Rules.GOOD);
    String code = "{\"ruleId\": \"%s\", \"code\": \"VIP\"}".formatted(Rules.idOf(rule));
    CheckedClient.expect(201, admin.post("/v1/codes", code));
    Answer user = People.user(admin, "admin");
    Answer session = People.signedIn(admin, user.at("/email"));
    return Map.of(
        "/v1/products/{sku}",
        "/v1/products/MUG",
        "/v1/orders/{id}",
        "/v1/orders/" + admin.place(Bodies.GOOD).at("/id"),
        "/v1/rules/{id}",
        rule,
        "/v1/codes/{code}",
        "/v1/codes/VIP",
        "/v1/users/{id}",
        "/v1/users/" + user.at("/id"),
        "/v1/sessions/{id}",
        "/v1/sessions/" + session.at("/session/id"),
        "/v1/api-keys/{id}",
        "/v1/api-keys/" + People.key(admin, "admin").at("/key/id"));
  }

  @Test
  void knows_every_call() {
    assertThat(Contract.OF_KASSA.operations().stream().map(WhoMayDoWhatTest::name))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(NEEDED.keySet().stream(), OPEN.stream()).toList());
  }

  @Test
  void answers_nobody_who_shows_nothing() {
    refusesAll();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer",
        "Bearer ",
        "Bearer a b",
        "Bearer \u00e9",
        "Bearer m4rk3r",
        "Bearer session-00000000000000000000",
        "Bearer key-00000000000000000000",
        "Basic YTpi",
        TestServer.ADMIN,
        "Bearer " + TestServer.ADMIN + ",",
        "Token " + TestServer.ADMIN
      })
  void answers_nobody_who_shows_what_is_malformed_or_unknown(String authorization) {
    refusesAll("Authorization", authorization);
  }

  @Test
  void answers_nobody_who_shows_two_credentials() {
    String good = "Bearer " + TestServer.ADMIN;

    refusesAll("Authorization", good, "Authorization", good);
  }

  @Test
  void answers_no_key_that_has_expired() {
    Tokens.Token token = new QuickTokens().apiKey();
    ApiKey forEver = SamplePeople.key("Old", Scope.ADMIN);
    SERVER
        .stores
        .keys()
        .add(
            new ApiKey(
                forEver.id(),
                forEver.name(),
                forEver.scopes(),
                forEver.createdBy(),
                forEver.createdAt().minusSeconds(2),
                forEver.createdAt().minusSeconds(1),
                null,
                null),
            token.hash());

    refusesAll("Authorization", "Bearer " + token.text());
  }

  @Test
  void answers_no_key_that_was_revoked() {
    Answer key = People.key(ADMIN, "admin");
    ADMIN.delete("/v1/api-keys/" + key.at("/key/id"));

    refusesAll("Authorization", "Bearer " + key.at("/secret"));
  }

  @Test
  void answers_no_session_that_has_ended() {
    String token = People.signedIn(ADMIN, People.user(ADMIN, "admin").at("/email")).at("/token");
    ADMIN.post("/v1/auth/logout", "", "Authorization", "Bearer " + token);

    refusesAll("Authorization", "Bearer " + token);
  }

  @Test
  void answers_nobody_who_is_kept_out() {
    Answer user = People.user(ADMIN, "admin");
    String token = People.signedIn(ADMIN, user.at("/email")).at("/token");
    String path = "/v1/users/" + user.at("/id");
    ADMIN.send("PATCH", path, DISABLED, "Content-Type", "application/json");

    refusesAll("Authorization", "Bearer " + token);
  }

  @ParameterizedTest
  @EnumSource(names = {"CUSTOMER", "OPERATOR"})
  void answers_no_person_who_may_not(Role role) {
    CheckedClient client = People.client(ADMIN, role.name().toLowerCase(Locale.ROOT));

    forbidsAll(client, permission -> role.grants(permission));
  }

  @ParameterizedTest
  @EnumSource
  void answers_no_program_that_may_not(Scope scope) {
    forbidsAll(People.program(ADMIN, scope.word()), permission -> scope.grants(permission));
  }

  @Test
  void admits_an_admin_everywhere_but_to_sessions_of_which_a_program_has_none() {
    try (TestServer server = TestServer.start()) {
      Map<String, String> names = filled(server.client);
      for (Operation operation : closed()) {
        int status = send(server.client, names, operation).status();
        boolean ofPeople = needed(operation).contains(Permission.OWN_SESSIONS);

        assertThat(status == 403).as(operation.toString()).isEqualTo(ofPeople);
        assertThat(status).as(operation.toString()).isNotIn(400, 401, 422, 428, 500);
      }
    }
  }

  @Test
  void what_belongs_to_others_is_not_there() {
    CheckedClient customer = People.client(ADMIN, "customer");
    String order = "/v1/orders/" + ADMIN.place(Bodies.GOOD).at("/id");
    String session = NAMES.getOrDefault("/v1/sessions/{id}", "");

    for (String path : List.of(order, order + "/events", order + "/refunds")) {
      assertThat(customer.get(path).status()).isEqualTo(404);
    }
    assertThat(customer.post(order + "/cancel", "", "If-Match", "*").status()).isEqualTo(404);
    assertThat(customer.delete(session).status()).isEqualTo(404);
    assertThat(customer.get("/v1/orders").json().get("data")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void answers_nobody_whose_password_is_due_but_to_look_after_their_sessions(Role role) {
    Answer user = People.user(ADMIN, role.name().toLowerCase(Locale.ROOT));
    UserId id = UserId.parse(user.at("/id"));
    String hash = SERVER.passwords.hash(People.PASSWORD);
    SERVER.stores.users().replacePassword(id, hash, SamplePeople.START);
    Answer signedIn = People.signedIn(ADMIN, user.at("/email"));
    CheckedClient due = ADMIN.showing(signedIn.at("/token"));

    assertThat(signedIn.at("/passwordDue")).isEqualTo(SamplePeople.START.toString());
    List<JsonNode> before = everything();
    for (Operation operation : closed()) {
      if (!needed(operation).contains(Permission.OWN_SESSIONS)) {
        Answer answer = send(due, NAMES, operation);

        assertThat(answer.status()).as(operation.toString()).isEqualTo(403);
        assertThat(answer.at("/code")).isEqualTo("password_due");
      }
    }
    assertThat(everything()).isEqualTo(before);
    assertThat(due.get("/v1/sessions").json().get("data")).hasSize(1);

    Answer changed =
        due.post(
            "/v1/auth/password",
            "{\"current\": \"%s\", \"new\": \"a cow in the attic\"}".formatted(People.PASSWORD));
    assertThat(changed.status()).isEqualTo(200);
    assertThat(ADMIN.showing(changed.at("/token")).get("/v1/products").status()).isEqualTo(200);
  }

  @Test
  void a_key_of_orders_write_alone_leads_orders_through_their_life_and_refunds() {
    CheckedClient till = People.program(ADMIN, "orders:write", "prices:set");
    String order = "/v1/orders/" + till.place(Bodies.GOOD).at("/number");

    Answer paid = till.post(order + "/pay", "", "If-Match", "*");
    Answer refund = till.post(order + "/refunds", "{\"amount\": \"1.00\"}");

    assertThat(paid.status()).isEqualTo(200);
    assertThat(paid.at("/status")).isEqualTo("paid");
    assertThat(refund.status()).isEqualTo(201);
    assertThat(till.get(order).status()).isEqualTo(403);
    assertThat(till.get(order + "/refunds").status()).isEqualTo(403);
    assertThat(till.post("/v1/orders/999999999/pay", "", "If-Match", "*").status()).isEqualTo(404);
  }

  @Test
  void a_key_of_orders_read_alone_is_not_even_told_which_orders_it_could_change() {
    CheckedClient reader = People.program(ADMIN, "orders:read");

    for (String order : List.of("1", "999999999")) {
      Answer answer = reader.post("/v1/orders/" + order + "/pay", "", "If-Match", "*");

      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.at("/detail")).isEqualTo("This needs the scope orders:write.");
    }
  }

  @Test
  void refuses_before_the_body_is_read() {
    try (RawConnection connection = ADMIN.open()) {
      String head =
          """
          POST /v1/orders HTTP/1.1
          Host: localhost
          Content-Type: application/json
          Content-Length: 1000

          """;

      assertThat(connection.send(head).answer("POST", "/v1/orders").status()).isEqualTo(401);
    }
  }

  @Test
  void an_open_call_does_not_look_at_what_is_shown() {
    for (String path : List.of("/health", "/version", "/docs", "/openapi.json")) {
      assertThat(ADMIN.get(path, "Authorization", "Bearer m4rk3r").status()).isEqualTo(200);
    }
  }

  private static void refusesAll(String... headers) {
    List<JsonNode> before = everything();
    for (Operation operation : closed()) {
      Answer answer =
          send(
              ADMIN,
              NAMES,
              operation,
              headers.length == 0 ? new String[] {"Cookie", "a=b"} : headers);

      assertThat(answer.status()).as(operation.toString()).isEqualTo(401);
      assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
      assertThat(answer.at("/code")).isEqualTo("unauthenticated");
      assertThat(answer.at("/detail")).isEqualTo(Callers.NOBODY);
    }
    assertThat(everything()).isEqualTo(before);
  }

  private static void forbidsAll(CheckedClient client, Predicate<Permission> has) {
    boolean ownOnly = has.test(Permission.SEE_OWN_ORDERS) && !has.test(Permission.SEE_ALL_ORDERS);
    List<JsonNode> before = everything();
    for (Operation operation : closed()) {
      if (needed(operation).stream().noneMatch(has)) {
        Answer answer = send(client, NAMES, operation);

        // An order of somebody else is not even there.
        assertThat(answer.status()).as(operation.toString()).isIn(403, 404);
        boolean ofOrder = operation.path().startsWith("/v1/orders/{id}");
        if (answer.status() == 404) {
          assertThat(ofOrder && ownOnly).as(operation.toString()).isTrue();
        } else {
          assertThat(answer.at("/code")).isEqualTo("forbidden");
          assertThat(answer.at("/detail")).startsWith("This ");
        }
      }
    }
    assertThat(everything()).isEqualTo(before);
  }

  private static Set<Permission> toSeeOrders() {
    return Set.of(Permission.SEE_ALL_ORDERS, Permission.SEE_OWN_ORDERS);
  }

  private static List<Operation> closed() {
    return Contract.OF_KASSA.operations().stream().filter(it -> !OPEN.contains(name(it))).toList();
  }

  private static Set<Permission> needed(Operation operation) {
    return NEEDED.getOrDefault(name(operation), Set.of());
  }

  private static String name(Operation operation) {
    return at(operation, "/operationId").stringValue();
  }

  private static JsonNode at(Operation operation, String pointer) {
    return Contract.OF_KASSA.document().at(operation.pointer() + pointer);
  }

  /** A request as the contract has it, with its first example. */
  private static Answer send(
      CheckedClient client, Map<String, String> names, Operation operation, String... shown) {
    String path = operation.path();
    for (Map.Entry<String, String> name : names.entrySet()) {
      path = path.replace(name.getKey(), name.getValue());
    }
    List<String> headers = new ArrayList<>(List.of(shown));
    byte[] body = new byte[0];
    for (Map.Entry<String, JsonNode> content : at(operation, "/requestBody/content").properties()) {
      JsonNode example = content.getValue().get("examples").iterator().next().get("value");
      String text = example.isString() ? example.stringValue() : example.toString();
      String rule = Rules.idOf(names.getOrDefault("/v1/rules/{id}", ""));
      body = text.replace(DocumentTest.RULE, rule).getBytes(UTF_8);
      headers.addAll(List.of("Content-Type", content.getKey()));
      break;
    }
    if (at(operation, "/parameters").toString().contains("If-Match")) {
      headers.addAll(List.of("If-Match", "*"));
    }
    String query = name(operation).equals("reportSales") ? "?groupBy=sku" : "";
    return client.send(operation.method(), path + query, body, headers.toArray(String[]::new));
  }

  /** All that is kept, but for when keys and sessions were used. */
  private static List<JsonNode> everything() {
    return Stream.of("orders", "products", "rules", "codes", "users", "api-keys")
        .map(list -> ADMIN.get("/v1/" + list + "?limit=200").json().get("data"))
        .map(list ->
            Json.read(
                list.toString().replaceAll("\"lastUsedAt\":\"[^\"]*\"", "\"lastUsedAt\":null")))
        .toList();
  }
}
