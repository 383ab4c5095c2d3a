package kassa.domain.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Event of the audit log: a security-relevant action or a rejected attempt.
 *
 * @param at the time of the event, to the microsecond
 * @param kind the kind of event
 * @param actor the {@link Caller#name()} of the caller; {@code null} if unknown
 * @param subject the id of the affected user, key, session or webhook endpoint: {@code usr_...},
 *     {@code key_...}, {@code ses_...} or {@code whe_...}; {@code null} if there is none; never a
 *     secret
 * @param address the IP address of the caller; {@code null} if the call did not come over the
 *     network
 * @param detail additional information, at most 500 characters; never a secret
 */
public record AuditEvent(
    Instant at,
    Kind kind,
    @Nullable String actor,
    @Nullable String subject,
    @Nullable String address,
    @Nullable String detail) {

  /** Kind of audit event. */
  public enum Kind {
    /** A user registered. */
    REGISTERED,
    /** A registration was refused: a user with this email address exists. */
    REGISTRATION_REFUSED,
    /** A user signed in. */
    SIGNED_IN,
    /** A sign-in failed. */
    SIGN_IN_REFUSED,
    /** A password check or a registration was refused after too many attempts. */
    TOO_MANY_ATTEMPTS,
    /** A caller exceeded its rate limit. */
    RATE_LIMITED,
    /** A user signed out, or a session was ended. */
    SESSION_ENDED,
    /** A user changed their password. */
    PASSWORD_CHANGED,
    /** A password change failed. */
    PASSWORD_CHANGE_REFUSED,
    /** A password was replaced by a temporary, generated password. */
    PASSWORD_REPLACED,
    /** An admin created a user. */
    USER_CREATED,
    /** An admin changed a user. */
    USER_CHANGED,
    /** An API key was issued. */
    KEY_ISSUED,
    /** An API key was revoked. */
    KEY_REVOKED,
    /** A webhook endpoint was created. */
    WEBHOOK_CREATED,
    /** A webhook endpoint was changed. */
    WEBHOOK_CHANGED,
    /** A webhook endpoint was deleted. */
    WEBHOOK_DELETED,
    /** A webhook endpoint was paused. */
    WEBHOOK_PAUSED,
    /** A webhook endpoint was resumed. */
    WEBHOOK_RESUMED,
    /** The secret of a webhook endpoint was rotated. */
    WEBHOOK_SECRET_ROTATED,
    /** An old secret of a webhook endpoint was removed. */
    WEBHOOK_SECRET_REMOVED,
    /** Events were sent to a webhook endpoint again. */
    WEBHOOK_REPLAYED,
    /** An authenticated caller lacks the permission for an action. */
    ACCESS_DENIED
  }
}
