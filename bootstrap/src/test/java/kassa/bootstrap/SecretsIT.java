package kassa.bootstrap;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a run was told in secret, or told somebody once, stands nowhere else: not in what it printed
 * or logged, not in an answer, and not in what is kept. A whole run is listened to, with all its
 * mistakes.
 */
@Timeout(180)
class SecretsIT {

  private static final Pattern TOLD = Pattern.compile("\"(?:token|secret)\":\"(ka[sk]_[^\"]+)\"");
  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
  private static final Pattern COOKIE = Pattern.compile("kassa=([^;]+);.*");

  private static final String ADMINS = "Zx4-admin-of-this-run";
  private static final String ANNS = "Zx5-first-of-ann's";
  private static final String ANNS_SECOND = "Zx6-second-of-ann's";
  private static final String ANNS_THIRD = "Zx7-third-of-ann's";
  private static final String GUESS = "Zx8-guess-of-somebody";
  private static final String DATABASES = "Zx9-password-of-database";
  private static final String UNKNOWN = "kas_Zx0AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

  private static final String ORDER =
      """
      {"currency":"USD","lines":[{"sku":"MUG","quantity":10,"unitPrice":"100.00"}]}\
      """;

  private final Overheard overheard = new Overheard();
  private final Set<Integer> statuses = new TreeSet<>();
  @AutoClose private final HttpClient client = HttpClient.newHttpClient();

  @TempDir private Path folder;
  private String address = "";

  @Test
  void nothing_is_heard_of_what_is_secret_and_nothing_kept_in_the_embedded_database()
      throws Exception {
    Map<String, String> environment = environment(Map.of("KASSA_LOG", "text"));
    try (Launched kassa = Launched.serve(folder, environment)) {
      address = kassa.address();
      // Other commands of the owner show the second line to a server that runs.
      Path control = folder.resolve("data").resolve("kassa.control");
      overheard.secret("the token of the owner", Files.readAllLines(control).getLast());

      String key = live();
      commands(key, environment);
      mistyped(key, environment);
      end(kassa);
    }

    assertThat(overheard.leaks()).isEmpty();
    assertThat(statuses).contains(200, 201, 204, 400, 401, 403, 404, 405, 406, 409, 413, 415, 422);
    assertThat(overheard.all())
        .contains("ann@example.com", "sign_in_refused", "Stopped", "KASSA_ADMIN_PASSWORD", "***");
    assertThat(keptIn(folder)).isEmpty();
  }

  @Test
  void nor_with_a_database_that_has_a_password_and_goes_away() throws Exception {
    Path data = folder.resolve("postgresql");
    EmbeddedPostgres postgres =
        EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false).start();
    String url = postgres.getJdbcUrl("postgres", "postgres") + "&password=" + DATABASES;
    Map<String, String> environment = environment(Map.of("KASSA_LOG", "json", "KASSA_DB_URL", url));
    try (Launched kassa = Launched.serve(folder, environment)) {
      address = kassa.address();
      String key = live();
      commands(key, environment);
      String token = told(login("admin@localhost", ADMINS), "the last token of the admin");
      postgres.close();

      without(token, key);
      end(kassa);
    }

    assertThat(overheard.leaks()).isEmpty();
    assertThat(statuses).contains(200, 201, 401, 503);
    assertThat(overheard.all())
        .contains("\"level\":\"ERROR\"", "found the store unavailable", "password=***");
    assertThat(overheard.all().contains("$argon2")).as("the hash of a password").isFalse();
    assertThat(keptIn(data)).isEmpty();
  }

  private Map<String, String> environment(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(more);
    all.put("KASSA_ADMIN_PASSWORD", overheard.secret("the password of the admin", ADMINS));
    all.put("KASSA_TOKEN", overheard.secret("a token that nobody knows", UNKNOWN));
    overheard.secret("the password of the database", DATABASES);
    return all;
  }

  /**
   * All kinds of calls, right and wrong.
   *
   * @return a key that is still good
   */
  private String live() throws Exception {
    String admin = told(login("admin@localhost", ADMINS), "the token of the admin");
    String ann = people(admin);
    String key = keys(admin);
    orders(admin, ann, key);
    mistakes(admin, ann, key);
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

  /** Registers, guesses, signs in and out, and changes passwords. */
  private String people(String admin) throws Exception {
    overheard.secret("a guess", GUESS);
    overheard.secret("a password", ANNS);
    overheard.secret("a second password", ANNS_SECOND);
    overheard.secret("a third password", ANNS_THIRD);
    call("POST", "/v1/auth/register", credentials("ann@example.com", ANNS));
    call("POST", "/v1/auth/register", credentials("ann@example.com", GUESS));
    call("POST", "/v1/auth/login", credentials("ann@example.com", GUESS));
    call("POST", "/v1/auth/login", credentials("nobody@example.com", ANNS));
    call("POST", "/v1/auth/login", credentials(ANNS, "ann@example.com"));
    call("POST", "/v1/auth/login", credentials("ann@example.com", ANNS + "\",\"" + ANNS));
    call("POST", "/v1/auth/login", credentials("ann@example.com", ANNS).replace("}", ""));
    call("POST", "/v1/auth/register", "{\"" + ANNS + "\":" + ANNS);
    call("POST", "/v1/auth/login?password=" + GUESS, credentials("ann@example.com", GUESS));
    call(
        "POST",
        "/v1/auth/login",
        credentials("ann@example.com", ANNS),
        "Idempotency-Key",
        "a-key-of-this-run");
    String first = told(login("ann@example.com", ANNS), "a token");
    String cookie = cookie(login("ann@example.com", ANNS, ",\"cookie\":true}"), "a cookie");
    call("GET", "/v1/sessions", "", "Cookie", "kassa=" + cookie);
    call("DELETE", "/v1/sessions", "", "Cookie", "kassa=" + cookie);
    call(
        "POST",
        "/v1/auth/password",
        change(GUESS, ANNS_SECOND),
        "Authorization",
        "Bearer " + first);
    call("POST", "/v1/auth/password", change(ANNS, "Zx"), "Authorization", "Bearer " + first);
    String second =
        told(
            ask(
                "POST",
                "/v1/auth/password",
                change(ANNS, ANNS_SECOND),
                "Authorization",
                "Bearer " + first),
            "a second token");
    cookie = cookie(login("ann@example.com", ANNS_SECOND, ",\"cookie\":true}"), "a second cookie");
    String third =
        cookie(
            ask(
                "POST",
                "/v1/auth/password",
                change(ANNS_SECOND, ANNS_THIRD),
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
        user.formatted("eve@example.com", ANNS, "king"),
        "Authorization",
        "Bearer " + admin);
    call(
        "POST",
        "/v1/users",
        user.formatted("ann@example.com", ANNS, "operator"),
        "Authorization",
        "Bearer " + admin);
    return told(login("ann@example.com", ANNS_THIRD), "a fourth token");
  }

  /** Issues, shows and revokes keys. */
  private String keys(String admin) throws Exception {
    String body =
        "{\"name\":\"Till\",\"scopes\":[\"orders:read\",\"orders:write\",\"prices:set\"]}";
    String shown = "Bearer " + admin;
    HttpResponse<String> issued = ask("POST", "/v1/api-keys", body, "Authorization", shown);
    String revoked = told(issued, "a key");
    String key = told(ask("POST", "/v1/api-keys", body, "Authorization", shown), "a second key");
    call("POST", "/v1/api-keys", body.replace("Till", ""), "Authorization", shown);
    call("GET", "/v1/orders", "", "Authorization", "Bearer " + revoked);
    call("GET", "/v1/audit", "", "Authorization", "Bearer " + revoked);
    call("DELETE", "/v1/api-keys/" + id(issued), "", "Authorization", shown);
    call("GET", "/v1/orders", "", "Authorization", "Bearer " + revoked);
    return key;
  }

  /** Orders, accepted and refused. */
  private void orders(String admin, String ann, String key) throws Exception {
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
    ask("POST", "/v1/orders", ORDER, "Authorization", shown, "Content-Type", "text/plain");
  }

  /** What was meant for one place, sent to another. */
  private void mistakes(String admin, String ann, String key) throws Exception {
    String basic = Base64.getEncoder().encodeToString(("admin:" + ADMINS).getBytes(UTF_8));
    for (String shown :
        List.of(
            "Bearer " + overheard.secret("a malformed token", "kas_Zx-malformed\u00e4"),
            "Bearer " + UNKNOWN,
            "Bearer kak_" + UNKNOWN.substring(4),
            "Bearer " + ADMINS,
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
      call("POST", "/v1/auth/login", credentials("bob@example.com", GUESS));
    }
  }

  /** Calls while there is no database. */
  private void without(String token, String key) throws Exception {
    call("POST", "/v1/auth/login", credentials("ann@example.com", ANNS_THIRD));
    call("POST", "/v1/auth/register", credentials("zoe@example.com", GUESS));
    call("POST", "/v1/auth/password", change(ADMINS, GUESS), "Authorization", "Bearer " + token);
    call("GET", "/v1/sessions", "", "Authorization", "Bearer " + token);
    call("GET", "/v1/orders", "", "Authorization", "Bearer " + key);
    call("POST", "/v1/orders", ORDER, "Authorization", "Bearer " + key);
    call("GET", "/v1/orders", "", "Authorization", "Bearer " + UNKNOWN);
    call("GET", "/health/ready", "");
  }

  /** Other commands, right and mistyped. */
  private void commands(String key, Map<String, String> environment) throws Exception {
    Path file = Files.writeString(folder.resolve("orders.ndjson"), ORDER + "\n");
    run(environment, "config");
    run(environment, "sql", "select * from v1_orders");
    run(environment, "sql", "select '" + GUESS.length());
    run(environment, "import", file.toString(), "--url", address);
    run(environment, "import", file.toString(), "--url", address, "--token", key);
  }

  /** Commands that cannot be run. */
  private void mistyped(String key, Map<String, String> environment) throws Exception {
    String url = "jdbc:postgresql://nobody:" + DATABASES + "@127.0.0.1:1/x?password=" + DATABASES;
    run(environment, "config", "--token", key, "--db-url", url);
    run(environment, "--admin-pasword", ADMINS);
    run(environment, "--admin-pasword=" + ADMINS);
    run(environment, "--admin-password", "Zx", ADMINS, ANNS);
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

  private void run(Map<String, String> environment, String... words) throws Exception {
    Launched.Ended ended = Launched.run(folder, environment, words);
    String where = "what ./kassa " + words[0] + " printed";
    overheard.hear(where, ended.out());
    overheard.hear(where, ended.err());
  }

  private void end(Launched kassa) throws IOException {
    Path arguments = Path.of("/proc", Long.toString(kassa.pid()), "cmdline");
    if (Files.exists(arguments)) {
      overheard.hear("the arguments of the process", Files.readString(arguments));
    }
    kassa.stop();
    overheard.hear("what the server printed", String.join("\n", kassa.printed()));
    overheard.hear("the log", kassa.log());
  }

  private HttpResponse<String> login(String email, String password) throws Exception {
    return login(email, password, "}");
  }

  private HttpResponse<String> login(String email, String password, String rest) throws Exception {
    return ask("POST", "/v1/auth/login", credentials(email, password).replace("}", rest));
  }

  private static String credentials(String email, String password) {
    return "{\"email\":\"" + email + "\",\"password\":\"" + password + "\"}";
  }

  private static String change(String current, String changed) {
    return "{\"current\":\"" + current + "\",\"new\":\"" + changed + "\"}";
  }

  /** The secret that an answer tells this once, and must not tell twice. */
  private String told(HttpResponse<String> answer, String name) {
    Matcher told = TOLD.matcher(answer.body());
    assertThat(told.find()).as(answer.request().uri().getPath() + answer.statusCode()).isTrue();
    String secret = overheard.secret(name, told.group(1));
    hear(answer, told.replaceFirst(""));
    return secret;
  }

  private String cookie(HttpResponse<String> answer, String name) {
    Matcher set = COOKIE.matcher(answer.headers().firstValue("Set-Cookie").orElse("none"));
    assertThat(set.matches()).as(answer.request().uri().getPath() + answer.statusCode()).isTrue();
    overheard.hear("the body of an answer with a cookie", answer.body());
    return overheard.secret(name, set.group(1));
  }

  private void call(String method, String path, String body, String... headers) throws Exception {
    HttpResponse<String> answer = ask(method, path, body, headers);
    hear(answer, answer.body());
  }

  private void hear(HttpResponse<String> answer, String body) {
    HttpRequest request = answer.request();
    String where =
        "the answer %d to %s %s"
            .formatted(answer.statusCode(), request.method(), request.uri().getPath());
    overheard.hear(where, answer.headers().map().toString());
    overheard.hear(where, body);
  }

  private HttpResponse<String> ask(String method, String path, String body, String... headers)
      throws Exception {
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
    HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
    statuses.add(answer.statusCode());
    assertThat(answer.statusCode()).as(answer.body()).isNotEqualTo(500);
    return answer;
  }

  private static String id(HttpResponse<String> answer) {
    Matcher id = ID.matcher(answer.body());
    assertThat(id.find()).isTrue();
    return id.group(1);
  }

  /** What is found in all files beneath a folder, and in the names of them. */
  private Set<String> keptIn(Path root) throws IOException {
    Set<String> found = new TreeSet<>();
    boolean isListening = false;
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        String content = Files.readString(file, ISO_8859_1);
        found.addAll(overheard.kept(root.relativize(file).toString(), content));
        isListening |= content.contains("ann@example.com");
      }
    }
    assertThat(isListening).as("what is not secret is found").isTrue();
    return found;
  }
}
