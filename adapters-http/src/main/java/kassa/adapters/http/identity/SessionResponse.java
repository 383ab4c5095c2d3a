package kassa.adapters.http.identity;

import kassa.domain.identity.Session;
import org.jspecify.annotations.Nullable;

/**
 * Session, without its token.
 *
 * @param id id of the session
 * @param device the {@code User-Agent} of the sign-in; may be {@code null}
 * @param address IP address of the sign-in
 * @param createdAt time of the sign-in
 * @param lastUsedAt time of the last use, at most one minute too early
 * @param current whether it is the session of this request
 */
public record SessionResponse(
    String id,
    @Nullable String device,
    String address,
    String createdAt,
    String lastUsedAt,
    boolean current) {

  /** Converts a session to its response. */
  public static SessionResponse of(Session session, boolean current) {
    return new SessionResponse(
        session.id().toString(),
        session.device(),
        session.address(),
        session.createdAt().toString(),
        session.lastUsedAt().toString(),
        current);
  }
}
