package kassa.domain.identity;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who asks for something. */
public sealed interface Caller {

  /** Whether they may do this. */
  boolean hasPermission(Permission permission);

  /**
   * How they are called where it is written who did something: {@code usr_...}, {@code key_...} or
   * {@code owner}.
   */
  String name();

  /** The person, if it is one. */
  default Optional<UserId> userId() {
    return Optional.empty();
  }

  /** The IP address that they ask from; {@code null} if that is not known, or at the machine. */
  default @Nullable String address() {
    return null;
  }

  /** The same, who asks from this IP address. Who asks at the machine, or is nobody, has none. */
  default Caller withAddress(String ipAddress) {
    return this;
  }

  /**
   * A person who signed in.
   *
   * @param user the person
   * @param role what they are to the shop
   * @param session the session that they ask in
   * @param isPasswordChangeRequired whether they have to change their password before they may do
   *     anything but look after their own sessions
   * @param address where they ask from, if that is known
   */
  record SignedIn(
      UserId user,
      Role role,
      SessionId session,
      boolean isPasswordChangeRequired,
      @Nullable String address)
      implements Caller {

    /** With a password that is not due, from an address that is not known. */
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
          && (!isPasswordChangeRequired || permission == Permission.OWN_SESSIONS);
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
   * A program.
   *
   * @param key its key
   * @param scopes what the key is good for
   * @param address where it asks from, if that is known
   */
  record ApiClient(ApiKeyId key, Set<Scope> scopes, @Nullable String address) implements Caller {

    public ApiClient {
      EnumSet<Scope> copy = EnumSet.noneOf(Scope.class);
      copy.addAll(scopes);
      scopes = Collections.unmodifiableSet(copy);
    }

    /** From an address that is not known. */
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

  /** Whoever runs Kassa, at its machine. All that is in it is theirs already. */
  record LocalOperator() implements Caller {

    @Override
    public boolean hasPermission(Permission permission) {
      return permission != Permission.OWN_SESSIONS;
    }

    @Override
    public String name() {
      return "owner";
    }
  }

  /** Somebody of whom nothing is known. */
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
