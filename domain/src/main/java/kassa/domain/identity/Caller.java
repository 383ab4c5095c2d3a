package kassa.domain.identity;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Caller of a use case: a user, an API client, the local operator, or anonymous. Immutable. */
public sealed interface Caller {

  /** Returns whether the caller has a permission. */
  boolean hasPermission(Permission permission);

  /**
   * Returns the name of the caller in the audit log and in the history of orders: {@code usr_...},
   * {@code key_...} or {@code local_operator}; empty for an anonymous caller.
   */
  String name();

  /** Returns the user; empty if the caller is not a signed-in user. */
  default Optional<UserId> userId() {
    return Optional.empty();
  }

  /** Returns the IP address of the caller; {@code null} if it is unknown or the call is local. */
  default @Nullable String address() {
    return null;
  }

  /** Returns the same caller with an IP address. Local and anonymous callers have no address. */
  default Caller withAddress(String ipAddress) {
    return this;
  }

  /**
   * A signed-in user.
   *
   * @param user the id of the user
   * @param role the role of the user
   * @param session the session of the call
   * @param isPasswordChangeRequired whether the user must change the password before they may do
   *     anything but manage their own sessions
   * @param address the IP address of the user; {@code null} if unknown
   */
  record SignedIn(
      UserId user,
      Role role,
      SessionId session,
      boolean isPasswordChangeRequired,
      @Nullable String address)
      implements Caller {

    /** Creates a caller without a required password change, from an unknown address. */
    public SignedIn(UserId user, Role role, SessionId session) {
      this(user, role, session, false, null);
    }

    @Override
    public SignedIn withAddress(String ipAddress) {
      return new SignedIn(user, role, session, isPasswordChangeRequired, ipAddress);
    }

    @Override
    public boolean hasPermission(Permission permission) {
      return role.grants(permission)
          && (!isPasswordChangeRequired || permission == Permission.MANAGE_OWN_SESSIONS);
    }

    @Override
    public String name() {
      return user.toString();
    }

    @Override
    public Optional<UserId> userId() {
      return Optional.of(user);
    }
  }

  /**
   * A program with an API key.
   *
   * @param key the id of its API key
   * @param scopes the scopes of the key
   * @param address the IP address of the program; {@code null} if unknown
   */
  record ApiClient(ApiKeyId key, Set<Scope> scopes, @Nullable String address) implements Caller {

    /** Copies the scopes. */
    public ApiClient {
      EnumSet<Scope> copy = EnumSet.noneOf(Scope.class);
      copy.addAll(scopes);
      scopes = Collections.unmodifiableSet(copy);
    }

    /** Creates a caller from an unknown address. */
    public ApiClient(ApiKeyId key, Set<Scope> scopes) {
      this(key, scopes, null);
    }

    @Override
    public ApiClient withAddress(String ipAddress) {
      return new ApiClient(key, scopes, ipAddress);
    }

    @Override
    public boolean hasPermission(Permission permission) {
      return scopes.stream().anyMatch(scope -> scope.grants(permission));
    }

    @Override
    public String name() {
      return key.toString();
    }
  }

  /**
   * The operating-system user who runs Kassa, on the local machine. Has every permission except on
   * sessions, because this user can read the database anyway.
   */
  record LocalOperator() implements Caller {

    @Override
    public boolean hasPermission(Permission permission) {
      return permission != Permission.MANAGE_OWN_SESSIONS;
    }

    @Override
    public String name() {
      return "local_operator";
    }
  }

  /** A caller without credentials. */
  record Anonymous() implements Caller {

    @Override
    public boolean hasPermission(Permission permission) {
      return false;
    }

    @Override
    public String name() {
      return "";
    }
  }
}
