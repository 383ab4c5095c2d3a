package kassa.domain.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that has to do with who may do what.
 *
 * @param at when, to the microsecond
 * @param kind what happened
 * @param actor who did it, as {@link Caller#name()} calls them; {@code null} if that is not known
 * @param subject whom or what it happened to: {@code usr_...}, {@code key_...}, {@code ses_...}, or
 *     nothing; never a secret
 * @param address where it came from, an IP address, if it came over the network
 * @param detail what else is to be known, never a secret, at most 500 characters
 */
public record AuditEvent(
    Instant at,
    Kind kind,
    @Nullable String actor,
    @Nullable String subject,
    @Nullable String address,
    @Nullable String detail) {

  /** What can happen. */
  public enum Kind {
    /** Somebody registered. */
    REGISTERED,
    /** Somebody tried to register with an address that is taken. */
    REGISTRATION_REFUSED,
    /** Somebody signed in. */
    SIGNED_IN,
    /** Somebody failed to sign in. */
    SIGN_IN_REFUSED,
    /** Somebody tried to sign in too often, or who is known made too many calls. */
    TOO_MANY_ATTEMPTS,
    /** Somebody signed out, or a session was ended. */
    SESSION_ENDED,
    /** A password was changed. */
    PASSWORD_CHANGED,
    /** Somebody failed to change a password. */
    PASSWORD_CHANGE_REFUSED,
    /** A password was replaced by one that was made up. */
    PASSWORD_REPLACED,
    /** An admin made a user. */
    USER_CREATED,
    /** An admin changed a user. */
    USER_CHANGED,
    /** A key was issued. */
    KEY_ISSUED,
    /** A key was revoked. */
    KEY_REVOKED,
    /** Somebody who is known asked for something that they may not do. */
    ACCESS_DENIED
  }
}
