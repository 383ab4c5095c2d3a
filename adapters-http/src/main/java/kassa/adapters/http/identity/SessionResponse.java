package kassa.adapters.http.identity;

import kassa.domain.identity.Session;
import org.jspecify.annotations.Nullable;

/**
 * A session, without its token.
 *
 * @param id names it
 * @param device what they came with, as it says itself
 * @param address where they came from
 * @param createdAt when they signed in
 * @param lastUsedAt when it was last used, a minute too early at most
 * @param current whether it is the one that asks
 */
public record SessionResponse(
    String id,
    @Nullable String device,
    String address,
    String createdAt,
    String lastUsedAt,
    boolean current) {

  /** Writes a session down. */
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
