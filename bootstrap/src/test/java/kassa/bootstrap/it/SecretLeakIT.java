package kassa.bootstrap.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * No secret leaks to output, log, responses or storage, except to the one response that returns it.
 * Records a whole run, including all errors.
 */
@Order(4)
@Timeout(600)
class SecretLeakIT {

  private static final Pattern SECRET_FIELD =
      Pattern.compile("\"(?:token|secret)\":\"(ka[sk]_[^\"]+)\"");
  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
  private static final Pattern COOKIE = Pattern.compile("kassa=([^;]+);.*");

  private static final String ADMIN_PASSWORD = "Zx4-admin-of-this-run";
  private static final String CUSTOMER_PASSWORD = "Zx5-first-of-ann's";
  private static final String CUSTOMER_SECOND_PASSWORD = "Zx6-second-of-ann's";
  private static final String CUSTOMER_THIRD_PASSWORD = "Zx7-third-of-ann's";
  private static final String WRONG_PASSWORD = "Zx8-guess-of-somebody";
  private static final String DATABASES = "Zx9-password-of-database";
  private static final String UNKNOWN = "kas_Zx0AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

  private static final String ORDER =
      """
      {"currency":"USD","lines":[{"sku":"MUG","quantity":10,"unitPrice":"100.00"}]}\
      """;

  private final SecretLeakDetector leakDetector = new SecretLeakDetector();
  private final Set<Integer> statuses = new TreeSet<>();
  @AutoClose private final HttpClient client = HttpClient.newHttpClient();

  @TempDir private Path folder;
  @TempDir private Path loginFolder;
  private String address = "";

  @Test
  void no_secret_leaks_to_output_logs_responses_or_h2() throws Exception {
    Map<String, String> environment = environment(Map.of("KASSA_LOG", "text"));
    try (KassaProcess kassa = KassaProcess.startServer(folder, environment)) {
      address = kassa.address();
      String key = runScenario();
      runCommands(key, environment);
      runInvalidCommands(key, environment);
      end(kassa);
    }

    assertThat(leakDetector.findLeaks()).isEmpty();
    assertThat(statuses).contains(200, 201, 204, 400, 401, 403, 404, 405, 406, 409, 413, 415, 422);
    assertThat(leakDetector.allOutput())
        .contains("ann@example.com", "sign_in_refused", "Stopped", "KASSA_ADMIN_PASSWORD", "***");
    assertThat(findLeaksInFiles(folder)).isEmpty();
  }

  @Test
  void no_secret_leaks_with_password_protected_database_and_outage() throws Exception {
    Path data = folder.resolve("postgresql");
    EmbeddedPostgres postgres =
        EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false).start();
    String url = postgres.getJdbcUrl("postgres", "postgres") + "&password=" + DATABASES;
    Map<String, String> environment =
        environment(Map.of("KASSA_LOG", "json", "KASSA_DB_URL", url, "KASSA_DB_READ_URL", url));
    try (KassaProcess kassa = KassaProcess.startServer(folder, environment)) {
      address = kassa.address();
      String key = runScenario();
      runCommands(key, environment);
      String token =
          extractSecret(login("admin@localhost", ADMIN_PASSWORD), "the last token of the admin");
      postgres.close();

      callDuringOutage(token, key);
      end(kassa);
    }

    assertThat(leakDetector.findLeaks()).isEmpty();
    assertThat(statuses).contains(200, 201, 401, 503);
    assertThat(leakDetector.allOutput())
        .contains("\"level\":\"WARN\"", "the database is unavailable", "password=***");
    assertThat(leakDetector.allOutput().contains("$argon2")).as("the hash of a password").isFalse();
    assertThat(findLeaksInFiles(data)).isEmpty();
  }

  private Map<String, String> environment(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(more);
    all.put(
        "KASSA_ADMIN_PASSWORD",
        leakDetector.registerSecret("the password of the admin", ADMIN_PASSWORD));
    all.put("KASSA_TOKEN", leakDetector.registerSecret("an unknown token", UNKNOWN));
    leakDetector.registerSecret("the password of the database", DATABASES);
    return all;
  }

  /**
   * Sends all kinds of valid and invalid requests.
   *
   * @return an API key that is still valid
   */
  private String runScenario() throws Exception {
    String admin =
        extractSecret(login("admin@localhost", ADMIN_PASSWORD), "the token of the admin");
    String ann = exerciseUsers(admin);
    String key = exerciseApiKeys(admin);
    exerciseOrders(admin, ann, key);
    sendSecretsToWrongPlaces(admin, ann, key);
    for (String path :
        List.of("/health", "/health/ready", "/version", "/metrics", "/docs", "/openapi.json")) {
      call("GET", path, "");
    }
    for (String path :
        List.of("/v1/audit?limit=200", "/v1/users", "/v1/api-keys", "/v1/sessions")) {
      call("GET", path, "", "Authorization", "Bearer " + admin);
    }
    return key;
  }

  /** Registration, failed and successful logins, logout, password changes. */
  private String exerciseUsers(String admin) throws Exception {
    leakDetector.registerSecret("a guess", WRONG_PASSWORD);
    leakDetector.registerSecret("a password", CUSTOMER_PASSWORD);
    leakDetector.registerSecret("a second password", CUSTOMER_SECOND_PASSWORD);
    leakDetector.registerSecret("a third password", CUSTOMER_THIRD_PASSWORD);
    call("POST", "/v1/auth/register", credentials("ann@example.com", CUSTOMER_PASSWORD));
    call("POST", "/v1/auth/register", credentials("ann@example.com", WRONG_PASSWORD));
    call("POST", "/v1/auth/login", credentials("ann@example.com", WRONG_PASSWORD));
    call("POST", "/v1/auth/login", credentials("nobody@example.com", CUSTOMER_PASSWORD));
    call("POST", "/v1/auth/login", credentials(CUSTOMER_PASSWORD, "ann@example.com"));
    call(
        "POST",
        "/v1/auth/login",
        credentials("ann@example.com", CUSTOMER_PASSWORD + "\",\"" + CUSTOMER_PASSWORD));
    call(
        "POST",
        "/v1/auth/login",
        credentials("ann@example.com", CUSTOMER_PASSWORD).replace("}", ""));
    call("POST", "/v1/auth/register", "{\"" + CUSTOMER_PASSWORD + "\":" + CUSTOMER_PASSWORD);
    call(
        "POST",
        "/v1/auth/login?password=" + WRONG_PASSWORD,
        credentials("ann@example.com", WRONG_PASSWORD));
    call(
        "POST",
        "/v1/auth/login",
        credentials("ann@example.com", CUSTOMER_PASSWORD),
        "Idempotency-Key",
        "a-key-of-this-run");
    String first = extractSecret(login("ann@example.com", CUSTOMER_PASSWORD), "a token");
    String cookie =
        cookie(login("ann@example.com", CUSTOMER_PASSWORD, ",\"cookie\":true}"), "a cookie");
    call("GET", "/v1/sessions", "", "Cookie", "kassa=" + cookie);
    call("DELETE", "/v1/sessions", "", "Cookie", "kassa=" + cookie);
    call(
        "POST",
        "/v1/auth/password",
        passwordChange(WRONG_PASSWORD, CUSTOMER_SECOND_PASSWORD),
        "Authorization",
        "Bearer " + first);
    call(
        "POST",
        "/v1/auth/password",
        passwordChange(CUSTOMER_PASSWORD, "Zx"),
        "Authorization",
        "Bearer " + first);
    String second =
        extractSecret(
            sendAndRecord(
                "POST",
                "/v1/auth/password",
                passwordChange(CUSTOMER_PASSWORD, CUSTOMER_SECOND_PASSWORD),
                "Authorization",
                "Bearer " + first),
            "a second token");
    cookie =
        cookie(
            login("ann@example.com", CUSTOMER_SECOND_PASSWORD, ",\"cookie\":true}"),
            "a second cookie");
    String third =
        cookie(
            sendAndRecord(
                "POST",
                "/v1/auth/password",
                passwordChange(CUSTOMER_SECOND_PASSWORD, CUSTOMER_THIRD_PASSWORD),
                "Cookie",
                "kassa=" + cookie,
                "Origin",
                address),
            "a third cookie");
    call("GET", "/v1/sessions", "", "Authorization", "Bearer " + second);
    call("POST", "/v1/auth/logout", "", "Cookie", "kassa=" + third, "Origin", address);
    String user =
        """
        {"email":"%s","password":"%s","role":"%s"}\
        """;
    call(
        "POST",
        "/v1/users",
        user.formatted("eve@example.com", CUSTOMER_PASSWORD, "king"),
        "Authorization",
        "Bearer " + admin);
    call(
        "POST",
        "/v1/users",
        user.formatted("ann@example.com", CUSTOMER_PASSWORD, "operator"),
        "Authorization",
        "Bearer " + admin);
    return extractSecret(login("ann@example.com", CUSTOMER_THIRD_PASSWORD), "a fourth token");
  }

  /** Issues, uses and revokes API keys. */
  private String exerciseApiKeys(String admin) throws Exception {
    String body =
        "{\"name\":\"Till\",\"scopes\":[\"orders:read\",\"orders:write\",\"prices:set\"]}";
    String shown = "Bearer " + admin;
    HttpResponse<String> issued =
        sendAndRecord("POST", "/v1/api-keys", body, "Authorization", shown);
    String revoked = extractSecret(issued, "a key");
    String key =
        extractSecret(
            sendAndRecord("POST", "/v1/api-keys", body, "Authorization", shown), "a second key");
    call("POST", "/v1/api-keys", body.replace("Till", ""), "Authorization", shown);
    call("GET", "/v1/orders", "", "Authorization", "Bearer " + revoked);
    call("GET", "/v1/audit", "", "Authorization", "Bearer " + revoked);
    call("DELETE", "/v1/api-keys/" + id(issued), "", "Authorization", shown);
    call("GET", "/v1/orders", "", "Authorization", "Bearer " + revoked);
    return key;
  }

  /** Valid and invalid orders. */
  private void exerciseOrders(String admin, String ann, String key) throws Exception {
    String shown = "Bearer " + key;
    for (int i = 0; i < 2; i++) {
      call("POST", "/v1/orders", ORDER, "Authorization", shown, "Idempotency-Key", "once");
    }
    call("POST", "/v1/orders", "{}", "Authorization", shown, "Idempotency-Key", "once");
    call("POST", "/v1/orders", "{", "Authorization", shown);
    call("POST", "/v1/orders", ORDER.replace(":10,", ":0,"), "Authorization", shown);
    call("POST", "/v1/orders", " ".repeat(1 << 21), "Authorization", shown);
    call("POST", "/v1/orders/1/pay", "{}", "Authorization", shown, "If-Match", "\"1\"");
    call("POST", "/v1/orders/1/pay", "{}", "Authorization", shown, "If-Match", "\"1\"");
    call("POST", "/v1/orders/1/ship", "{}", "Authorization", shown, "If-Match", "\"9\"");
    call("POST", "/v1/orders/1/pay", "{}", "Authorization", shown);
    call("GET", "/v1/orders/1", "", "Authorization", "Bearer " + ann);
    call("GET", "/v1/rules", "", "Authorization", "Bearer " + ann);
    call("PUT", "/v1/orders", ORDER, "Authorization", "Bearer " + admin);
    call("GET", "/v1/orders", "", "Authorization", shown, "Accept", "text/html");
    sendAndRecord(
        "POST", "/v1/orders", ORDER, "Authorization", shown, "Content-Type", "text/plain");
  }

  /** Sends secrets to wrong places. */
  private void sendSecretsToWrongPlaces(String admin, String ann, String key) throws Exception {
    String basic = Base64.getEncoder().encodeToString(("admin:" + ADMIN_PASSWORD).getBytes(UTF_8));
    for (String shown :
        List.of(
            "Bearer " + leakDetector.registerSecret("a malformed token", "kas_Zx-malformed\u00e4"),
            "Bearer " + UNKNOWN,
            "Bearer kak_" + UNKNOWN.substring(4),
            "Bearer " + ADMIN_PASSWORD,
            "Basic " + basic,
            "Token " + admin,
            "Bearer " + admin + " " + ann,
            key)) {
      call("GET", "/v1/orders", "", "Authorization", shown);
    }
    call("GET", "/v1/orders", "", "Authorization", "Bearer " + ann, "Authorization", admin);
    for (String header :
        List.of("X-Api-Key", "Proxy-Authorization", "Cookie", "Referer", "If-Match", "Accept")) {
      call("POST", "/v1/orders", ORDER, header, key);
      call("POST", "/v1/orders", ORDER, header, admin, "Authorization", "Bearer " + key);
    }
    for (String secret : List.of(admin, ann, key, UNKNOWN)) {
      call("GET", "/v1/orders?access_token=" + secret, "");
      call("GET", "/v1/orders?limit=" + secret, "", "Authorization", "Bearer " + admin);
      call("GET", "/v1/orders/" + secret, "", "Authorization", "Bearer " + admin);
      call("DELETE", "/v1/sessions/" + secret, "", "Authorization", "Bearer " + admin);
      call("DELETE", "/v1/api-keys/" + secret, "", "Authorization", "Bearer " + admin);
      call("GET", "/" + secret, "");
      call("POST", "/v1/orders", secret, "Authorization", "Bearer " + admin);
      call(
          "POST",
          "/v1/codes",
          "{\"ruleId\":\"" + secret + "\"}",
          "Authorization",
          "Bearer " + admin);
    }
    for (int i = 0; i < 7; i++) {
      call("POST", "/v1/auth/login", credentials("bob@example.com", WRONG_PASSWORD));
    }
  }

  /** Requests during a database outage, all at once, because each waits for the database. */
  private void callDuringOutage(String token, String key) {
    List<CompletableFuture<HttpResponse<String>>> calls =
        Stream.of(
                request(
                    "POST",
                    "/v1/auth/login",
                    credentials("ann@example.com", CUSTOMER_THIRD_PASSWORD)),
                request(
                    "POST", "/v1/auth/register", credentials("zoe@example.com", WRONG_PASSWORD)),
                request(
                    "POST",
                    "/v1/auth/password",
                    passwordChange(ADMIN_PASSWORD, WRONG_PASSWORD),
                    "Authorization",
                    "Bearer " + token),
                request("GET", "/v1/sessions", "", "Authorization", "Bearer " + token),
                request("GET", "/v1/orders", "", "Authorization", "Bearer " + key),
                request("POST", "/v1/orders", ORDER, "Authorization", "Bearer " + key),
                request("GET", "/v1/orders", "", "Authorization", "Bearer " + UNKNOWN),
                request("GET", "/health/ready", ""))
            .map(request -> client.sendAsync(request, BodyHandlers.ofString()))
            .toList();
    for (CompletableFuture<HttpResponse<String>> call : calls) {
      HttpResponse<String> response = call.join();
      requireExpected(response);
      recordResponse(response, response.body());
    }
  }

  /** Valid and mistyped commands. */
  private void runCommands(String key, Map<String, String> environment) throws Exception {
    Path file = Files.writeString(folder.resolve("orders.ndjson"), ORDER + "\n");
    run(environment, "config");
    // In another folder, because the output file of the command contains the token.
    KassaProcess.CommandResult login =
        KassaProcess.runCommand(
            loginFolder, environment, "login", "--data-dir", folder.resolve("data").toString());
    leakDetector.registerSecret("a token of ./kassa login", login.out().strip());
    leakDetector.recordOutput("errors of ./kassa login", login.err());
    run(environment, "sql", "select * from v1_orders");
    run(environment, "sql", "select '" + WRONG_PASSWORD.length());
    run(environment, "import", file.toString(), "--url", address);
    run(environment, "import", file.toString(), "--url", address, "--token", key);
  }

  /** Commands that fail. */
  private void runInvalidCommands(String key, Map<String, String> environment) throws Exception {
    String url = "jdbc:postgresql://nobody:" + DATABASES + "@127.0.0.1:1/x?password=" + DATABASES;
    run(environment, "config", "--token", key, "--db-url", url);
    run(environment, "--admin-pasword", ADMIN_PASSWORD);
    run(environment, "--admin-pasword=" + ADMIN_PASSWORD);
    run(environment, "--admin-password", "Zx", ADMIN_PASSWORD, CUSTOMER_PASSWORD);
    run(environment, "--token", UNKNOWN, key, "--port", "none");
    run(environment, "--port", "0", "--db-url", url);
    run(environment, "--port", "0", "--db-url", url.replace("postgresql", "mysql"));
    run(
        environment,
        "--port",
        "0",
        "--db-url",
        "jdbc:postgresql://127.0.0.1:1/x?password=" + DATABASES);
    run(
        environment,
        "--port",
        "0",
        "--db-url",
        "jdbc:h2:tcp://127.0.0.1:1/x;PASSWORD=" + DATABASES);
    run(environment, "backup", "--db-url", url);
  }

  private void run(Map<String, String> environment, String... arguments) throws Exception {
    KassaProcess.CommandResult ended = KassaProcess.runCommand(folder, environment, arguments);
    String where = "the output of ./kassa " + arguments[0];
    leakDetector.recordOutput(where, ended.out());
    leakDetector.recordOutput(where, ended.err());
  }

  private void end(KassaProcess kassa) throws IOException {
    Path arguments = Path.of("/proc", Long.toString(kassa.pid()), "cmdline");
    if (Files.exists(arguments)) {
      leakDetector.recordOutput("the arguments of the process", Files.readString(arguments));
    }
    kassa.stop();
    leakDetector.recordOutput("the output of the server", String.join("\n", kassa.stdoutLines()));
    leakDetector.recordOutput("the log", kassa.log());
  }

  private HttpResponse<String> login(String email, String password) throws Exception {
    return login(email, password, "}");
  }

  private HttpResponse<String> login(String email, String password, String rest) throws Exception {
    return sendAndRecord("POST", "/v1/auth/login", credentials(email, password).replace("}", rest));
  }

  private static String credentials(String email, String password) {
    return "{\"email\":\"" + email + "\",\"password\":\"" + password + "\"}";
  }

  private static String passwordChange(String current, String changed) {
    return "{\"current\":\"" + current + "\",\"new\":\"" + changed + "\"}";
  }

  /** Registers the secret of a response, and records the rest of the response. */
  private String extractSecret(HttpResponse<String> response, String name) {
    Matcher secretField = SECRET_FIELD.matcher(response.body());
    assertThat(secretField.find())
        .as(response.request().uri().getPath() + response.statusCode())
        .isTrue();
    String secret = leakDetector.registerSecret(name, secretField.group(1));
    recordResponse(response, secretField.replaceFirst(""));
    return secret;
  }

  private String cookie(HttpResponse<String> response, String name) {
    Matcher set = COOKIE.matcher(response.headers().firstValue("Set-Cookie").orElse("none"));
    assertThat(set.matches())
        .as(response.request().uri().getPath() + response.statusCode())
        .isTrue();
    leakDetector.recordOutput("the body of an response with a cookie", response.body());
    return leakDetector.registerSecret(name, set.group(1));
  }

  private void call(String method, String path, String body, String... headers) throws Exception {
    HttpResponse<String> response = sendAndRecord(method, path, body, headers);
    recordResponse(response, response.body());
  }

  private void recordResponse(HttpResponse<String> response, String body) {
    HttpRequest request = response.request();
    String where =
        "the response %s to %s %s"
            .formatted(response.statusCode(), request.method(), request.uri().getPath());
    leakDetector.recordOutput(where, response.headers().map().toString());
    leakDetector.recordOutput(where, body);
  }

  private HttpResponse<String> sendAndRecord(
      String method, String path, String body, String... headers) throws Exception {
    HttpResponse<String> response =
        client.send(request(method, path, body, headers), BodyHandlers.ofString());
    requireExpected(response);
    return response;
  }

  private HttpRequest request(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!List.of(headers).contains("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return request.build();
  }

  private void requireExpected(HttpResponse<String> response) {
    statuses.add(response.statusCode());
    assertThat(response.statusCode()).as(response.body()).isNotEqualTo(500);
  }

  private static String id(HttpResponse<String> response) {
    Matcher id = ID.matcher(response.body());
    assertThat(id.find()).isTrue();
    return id.group(1);
  }

  /** Secrets found in the content and names of all files below a folder. */
  private Set<String> findLeaksInFiles(Path root) throws IOException {
    Set<String> found = new TreeSet<>();
    boolean isListening = false;
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        String content = Files.readString(file, ISO_8859_1);
        found.addAll(leakDetector.findLeaksInStorage(root.relativize(file).toString(), content));
        isListening |= content.contains("ann@example.com");
      }
    }
    assertThat(isListening).as("the search finds a value that is not secret").isTrue();
    return found;
  }
}
