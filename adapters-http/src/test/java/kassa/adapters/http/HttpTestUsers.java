package kassa.adapters.http;

import static kassa.adapters.http.ContractCheckingClient.expect;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/** Makes users and keys in a server, as an admin does, and signs them in. */
public final class HttpTestUsers {

  public static final String PASSWORD = "a horse on the stairs";

  private static final AtomicLong COUNTER = new AtomicLong();

  private HttpTestUsers() {}

  /**
   * A new user.
   *
   * @return the answer that tells of them
   */
  public static TestResponse createUser(ContractCheckingClient admin, String role) {
    String body =
        """
        {"email": "user-%d@example.com", "password": "%s", "role": "%s"}
        """
            .formatted(COUNTER.incrementAndGet(), PASSWORD, role);
    return expect(201, admin.post("/v1/users", body));
  }

  /** Signs somebody in, for whom a server was asked. */
  public static TestResponse signIn(ContractCheckingClient anonymous, String email) {
    return expect(200, anonymous.post("/v1/auth/login", loginBody(email, PASSWORD)));
  }

  /** A new user who has signed in. */
  public static ContractCheckingClient createUserClient(ContractCheckingClient admin, String role) {
    String email = createUser(admin, role).at("/email");
    return admin.withToken(signIn(admin, email).at("/token"));
  }

  /**
   * A new key.
   *
   * @return the answer that tells of it
   */
  public static TestResponse createApiKey(ContractCheckingClient admin, String... scopes) {
    String body =
        """
        {"name": "Tests", "scopes": %s}
        """
            .formatted(TestJson.write(Arrays.asList(scopes)));
    return expect(201, admin.post("/v1/api-keys", body));
  }

  /** A program with a new key. */
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
