package kassa.adapters.http;

import static kassa.adapters.http.CheckedClient.expect;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/** Makes users and keys in a server, as an admin does, and signs them in. */
final class People {

  static final String PASSWORD = "a horse on the stairs";

  private static final AtomicLong LAST = new AtomicLong();

  private People() {}

  /**
   * A new user.
   *
   * @return the answer that tells of them
   */
  static Answer user(CheckedClient admin, String role) {
    String body =
        """
        {"email": "user-%d@example.com", "password": "%s", "role": "%s"}
        """
            .formatted(LAST.incrementAndGet(), PASSWORD, role);
    return expect(201, admin.post("/v1/users", body));
  }

  /** Signs somebody in, for whom a server was asked. */
  static Answer signedIn(CheckedClient anybody, String email) {
    return expect(200, anybody.post("/v1/auth/login", login(email, PASSWORD)));
  }

  /** A new user who has signed in. */
  static CheckedClient client(CheckedClient admin, String role) {
    String email = user(admin, role).at("/email");
    return admin.showing(signedIn(admin, email).at("/token"));
  }

  /**
   * A new key.
   *
   * @return the answer that tells of it
   */
  static Answer key(CheckedClient admin, String... scopes) {
    String body =
        """
        {"name": "Tests", "scopes": %s}
        """
            .formatted(Json.write(Arrays.asList(scopes)));
    return expect(201, admin.post("/v1/api-keys", body));
  }

  /** A program with a new key. */
  static CheckedClient program(CheckedClient admin, String... scopes) {
    return admin.showing(key(admin, scopes).at("/secret"));
  }

  static String login(String email, String password) {
    return """
    {"email": "%s", "password": "%s"}
    """
        .formatted(email, password);
  }
}
