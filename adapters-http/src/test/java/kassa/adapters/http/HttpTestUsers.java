package kassa.adapters.http;

import static kassa.adapters.http.ContractCheckingClient.expect;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/** Creates users and API keys as an admin, and signs users in. */
public final class HttpTestUsers {

  public static final String PASSWORD = "a horse on the stairs";

  private static final AtomicLong COUNTER = new AtomicLong();

  private HttpTestUsers() {}

  /**
   * Creates a user.
   *
   * @return the response with the created user
   */
  public static TestResponse createUser(ContractCheckingClient admin, String role) {
    String body =
        """
        {"email": "user-%s@example.com", "password": "%s", "role": "%s"}
        """
            .formatted(COUNTER.incrementAndGet(), PASSWORD, role);
    return expect(201, admin.post("/v1/users", body));
  }

  /** Signs in a user of {@link #createUser} and expects status 200. */
  public static TestResponse signIn(ContractCheckingClient anonymous, String email) {
    return expect(200, anonymous.post("/v1/auth/login", loginBody(email, PASSWORD)));
  }

  /** Creates a user, signs it in and returns a client with the session token. */
  public static ContractCheckingClient createUserClient(ContractCheckingClient admin, String role) {
    String email = createUser(admin, role).at("/email");
    return admin.withToken(signIn(admin, email).at("/token"));
  }

  /**
   * Creates an API key.
   *
   * @return the response with the key and its secret
   */
  public static TestResponse createApiKey(ContractCheckingClient admin, String... scopes) {
    String body =
        """
        {"name": "Tests", "scopes": %s}
        """
            .formatted(TestJson.write(Arrays.asList(scopes)));
    return expect(201, admin.post("/v1/api-keys", body));
  }

  /** Creates an API key and returns a client that uses it. */
  public static ContractCheckingClient createProgramClient(
      ContractCheckingClient admin, String... scopes) {
    return admin.withToken(createApiKey(admin, scopes).at("/secret"));
  }

  public static String loginBody(String email, String password) {
    return """
    {"email": "%s", "password": "%s"}
    """
        .formatted(email, password);
  }
}
