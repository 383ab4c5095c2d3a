package kassa.contract;

import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import kassa.application.port.out.TokenHash;
import kassa.application.port.out.UserStore;
import kassa.application.port.out.UserStore.KeptUser;
import kassa.domain.identity.ApiKey;
import kassa.domain.identity.ApiKeyId;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Role;
import kassa.domain.identity.Scope;
import kassa.domain.identity.Session;
import kassa.domain.identity.SessionId;
import kassa.domain.identity.User;
import kassa.domain.identity.UserId;

/** Users, sessions and keys for tests. Each has an id of its own, and the ids rise. */
public final class SamplePeople {

  /** When they were registered, began and were issued. */
  public static final Instant START = SampleOrders.START;

  private static final AtomicLong TOKENS = new AtomicLong();

  private SamplePeople() {}

  /** A user of this address, in version 1. */
  public static User user(String email, Role role) {
    return new User(nextUser(), new EmailAddress(email), "Ann", role, false, 1, START);
  }

  /** The same in its next version, with another role, disabled or not. */
  public static User changed(User user, Role role, boolean disabled) {
    return new User(
        user.id(), user.email(), user.name(), role, disabled, user.version() + 1, user.createdAt());
  }

  /** Adds a user of this address, whose password has the hash {@code hash}. */
  public static User added(UserStore users, String email, Role role) {
    User user = user(email, role);
    if (!users.add(new KeptUser(user, "hash"))) {
      throw new AssertionError("the address is taken");
    }
    return user;
  }

  /** A session of a user that was begun at one time and used at another. */
  public static Session session(User user, Instant createdAt, Instant lastUsedAt) {
    return new Session(nextSession(), user.id(), "A browser", "192.0.2.1", createdAt, lastUsedAt);
  }

  /** A session of a user that has just begun. */
  public static Session session(User user) {
    return session(user, START, START);
  }

  /** A key that is good for ever. */
  public static ApiKey key(String name, Scope... scopes) {
    return new ApiKey(nextKey(), name, Set.of(scopes), "usr_1", START, null, null, null);
  }

  /** What is kept of a token that nobody else has. */
  public static TokenHash nextToken() {
    return new TokenHash("%064x".formatted(TOKENS.incrementAndGet()));
  }

  /** A new id, greater than all before it. */
  public static UserId nextUser() {
    return new UserId(SampleOrders.nextId().value());
  }

  /** A new id, greater than all before it. */
  public static SessionId nextSession() {
    return new SessionId(SampleOrders.nextId().value());
  }

  /** A new id, greater than all before it. */
  public static ApiKeyId nextKey() {
    return new ApiKeyId(SampleOrders.nextId().value());
  }
}
