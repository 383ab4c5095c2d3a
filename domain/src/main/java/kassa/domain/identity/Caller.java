package kassa.domain.identity;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who asks for something. */
public sealed interface Caller {

  /** Whether they may do this. */
  boolean may(Permission permission);

  /**
   * How they are called where it is written who did something: {@code usr_...}, {@code key_...} or
   * {@code owner}.
   */
  String name();

  /** The person, if it is one. */
  default Optional<UserId> person() {
    return Optional.empty();
  }

  /** The IP address that they ask from; {@code null} if that is not known, or at the machine. */
  default @Nullable String address() {
    return null;
  }

  /** The same, who asks from this IP address. Who asks at the machine, or is nobody, has none. */
  default Caller from(String ipAddress) {
    return this;
  }

  /**
   * A person who signed in.
   *
   * @param user the person
   * @param role what they are to the shop
   * @param session the session that they ask in
   * @param passwordIsDue whether they have to change their password before they may do anything but
   *     look after their own sessions
   * @param address where they ask from, if that is known
   */
  record SignedIn(
      UserId user, Role role, SessionId session, boolean passwordIsDue, @Nullable String address)
      implements Caller {

    /** With a password that is not due, from an address that is not known. */
    public SignedIn(UserId user, Role role, SessionId session) {
      this(user, role, session, false, null);
    }

    @Override
    public SignedIn from(String ipAddress) {
      return new SignedIn(user, role, session, passwordIsDue, ipAddress);
    }

    @Override
    public boolean may(Permission permission) {
      return role.grants(permission) && (!passwordIsDue || permission == Permission.OWN_SESSIONS);
    }

    @Override
    public String name() {
      return user.toString();
    }

    @Override
    public Optional<UserId> person() {
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
  record Program(ApiKeyId key, Set<Scope> scopes, @Nullable String address) implements Caller {

    public Program {
      EnumSet<Scope> copy = EnumSet.noneOf(Scope.class);
      copy.addAll(scopes);
      scopes = Collections.unmodifiableSet(copy);
    }

    /** From an address that is not known. */
    public Program(ApiKeyId key, Set<Scope> scopes) {
      this(key, scopes, null);
    }

    @Override
    public Program from(String ipAddress) {
      return new Program(key, scopes, ipAddress);
    }

    @Override
    public boolean may(Permission permission) {
      return scopes.stream().anyMatch(scope -> scope.grants(permission));
    }

    @Override
    public String name() {
      return key.toString();
    }
  }

  /** Whoever runs Kassa, at its machine. All that is in it is theirs already. */
  record Owner() implements Caller {

    @Override
    public boolean may(Permission permission) {
      return permission != Permission.OWN_SESSIONS;
    }

    @Override
    public String name() {
      return "owner";
    }
  }

  /** Somebody of whom nothing is known. */
  record Nobody() implements Caller {

    @Override
    public boolean may(Permission permission) {
      return false;
    }

    @Override
    public String name() {
      return "";
    }
  }
}
