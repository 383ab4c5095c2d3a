package kassa.application.port.out.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kassa.application.port.out.StoreUnavailableException;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.SessionId;
import kassa.domain.identity.User;
import kassa.domain.identity.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Keeps users and the hashes of their passwords. Implementations may be called by any number of
 * threads. Every method throws {@link StoreUnavailableException} when the store cannot be asked;
 * absence is never answered instead. What is changed is durable when a method returns.
 */
public interface UserStore {

  /**
   * A user and the hash of their password.
   *
   * @param user the user
   * @param passwordHash as {@link PasswordHasher} made it
   * @param passwordExpiresAt when the password is to have been changed, to the microsecond; {@code
   *     null} if it is their own choice
   */
  record StoredUser(User user, String passwordHash, @Nullable Instant passwordExpiresAt) {

    /** With a password of their own choice. */
    public StoredUser(User user, String passwordHash) {
      this(user, passwordHash, null);
    }

    /** All but the hash. */
    @Override
    public String toString() {
      return "KeptUser[" + user.id() + "]";
    }
  }

  /** Keeps a new user, and tells whether that was done: not if the address is taken. */
  boolean add(StoredUser user);

  /** The user of this address, if there is one. */
  Optional<StoredUser> find(EmailAddress email);

  /** The user of this id, if there is one. */
  Optional<StoredUser> find(UserId id);

  /** Users by their ids, rising, behind one of them or from the first. */
  List<User> list(@Nullable UserId after, int limit);

  /**
   * Changes a user, and ends all of their sessions in the same transaction if they are disabled
   * then.
   *
   * @param user as it is to be; its version one higher than that which the change was decided on
   * @return what came of it
   */
  UpdateResult update(User user);

  /** What came of a change. */
  enum UpdateResult {
    /** It is made. */
    DONE,
    /** Another changed the user before; nothing is changed. */
    CONFLICT,
    /** No admin would be left who is not disabled; nothing is changed. */
    LAST_ADMIN
  }

  /**
   * Replaces the hash of a password by another one of the same, if it still is the one that was
   * read.
   *
   * @return whether it was
   */
  boolean replaceHash(UserId id, String before, String after);

  /**
   * Replaces a password by one that its user chose, if its hash still is the one that was read; it
   * is not due any more. In the same transaction the session that they ask in gets another token,
   * and all others of the user end; if it has ended itself, none is left.
   *
   * @param before the hash that was read
   * @param after the hash of the new password
   * @return whether it was
   */
  boolean changePassword(
      UserId id, String before, String after, SessionId session, TokenHash token);

  /**
   * Replaces a password by one that somebody else chose, and ends all sessions of the user in the
   * same transaction.
   *
   * @param hash the hash of the new password
   * @param expiresAt when it is to have been changed
   * @return whether there is such a user
   */
  boolean replacePassword(UserId id, String hash, Instant expiresAt);

  /** Whether there is any admin who is not disabled. */
  boolean hasAdmin();
}
