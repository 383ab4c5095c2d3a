package kassa.adapters.http.identity;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.HttpTestUsers;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Password;
import kassa.domain.identity.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** No log entry and no response to another caller contains a secret. */
class HttpSecretLeakTest {

  private static final String SECRET = "m4rk3r-m4rk3r";

  @AutoClose private final TestServer server = TestServer.start();
  private final ContractCheckingClient client = server.client;
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger("kassa");
  private final Level level = root.getLevel();

  @BeforeEach
  void captureLog() {
    log.start();
    root.addAppender(log);
    root.setLevel(Level.TRACE);
  }

  @AfterEach
  void restoreLog() {
    root.setLevel(level);
    root.detachAppender(log);
  }

  @Test
  void no_response_or_log_contains_password_or_token() {
    List<TestResponse> responses = new ArrayList<>();
    String login = HttpTestUsers.loginBody("ann@example.com", SECRET);
    responses.add(client.post("/v1/auth/register", login));
    responses.add(client.post("/v1/auth/register", login));
    responses.add(client.post("/v1/auth/register", login.replace("m4rk3r-m4rk3r", "m4rk3r")));
    responses.add(
        client.post("/v1/auth/login", HttpTestUsers.loginBody("bob@example.com", SECRET)));
    responses.add(client.post("/v1/auth/login", login.replace("}", ", \"m\": 1}")));
    TestResponse signedIn = client.post("/v1/auth/login", login);
    ContractCheckingClient ann = client.withToken(signedIn.at("/token"));
    responses.add(ann.get("/v1/sessions"));
    responses.add(change(ann, "wrong", SECRET));
    responses.add(change(ann, SECRET, "m4rk3r"));
    TestResponse changed = change(ann, SECRET, SECRET + "2");
    responses.add(client.post("/v1/users", login.replace("}", ", \"role\": \"admin\"}")));
    responses.add(client.post("/v1/users", login.replace("}", ", \"role\": \"king\"}")));
    TestResponse key = HttpTestUsers.createApiKey(client, "admin");
    for (String path : List.of("/v1/users", "/v1/api-keys", "/v1/audit")) {
      responses.add(client.get(path));
    }
    server.store.makeUnavailable();
    responses.add(client.post("/v1/auth/login", login));
    responses.add(client.post("/v1/auth/register", login));
    responses.add(client.withToken(changed.at("/token")).get("/v1/sessions"));
    responses.add(client.withToken(key.at("/secret")).get("/v1/orders"));

    List<String> secrets =
        List.of("m4rk3r", signedIn.at("/token"), changed.at("/token"), key.at("/secret"), "quick$");
    assertThat(responses.getLast().status()).isEqualTo(503);
    assertThat(responses)
        .noneMatch(response ->
            secrets.stream()
                .anyMatch(secret -> (response.body() + response.headers().map()).contains(secret)));
    assertThat(log.list).isNotEmpty();
    assertThat(log.list.stream().flatMap(HttpSecretLeakTest::texts))
        .noneMatch(line -> secrets.stream().anyMatch(line::contains));
  }

  @Test
  void to_string_hides_secrets() {
    EmailAddress ann = new EmailAddress("ann@example.com");
    Password password = new Password(SECRET);

    assertThat(
            Stream.of(
                new RegisterRequest(ann, password, null),
                new SignInRequest(ann, SECRET, true),
                new ChangePasswordRequest(SECRET, password),
                new CreateUserRequest(ann, password, null, Role.ADMIN),
                new TokenResponse(SECRET)))
        .noneMatch(message -> message.toString().contains(SECRET));
  }

  private static TestResponse change(
      ContractCheckingClient client, String current, String changed) {
    return client.post(
        "/v1/auth/password", "{\"current\": \"%s\", \"new\": \"%s\"}".formatted(current, changed));
  }

  private static Stream<String> texts(ILoggingEvent event) {
    List<String> texts = new ArrayList<>(List.of(event.getFormattedMessage()));
    for (IThrowableProxy cause = event.getThrowableProxy();
        cause != null;
        cause = cause.getCause()) {
      texts.add(String.valueOf(cause.getMessage()));
    }
    return texts.stream();
  }
}
