package kassa.adapters.http.identity;

import java.util.List;
import kassa.domain.identity.Session;
import kassa.domain.identity.SessionId;

/**
 * The sessions of a person.
 *
 * @param data the sessions, the last used first
 */
public record SessionsResponse(List<SessionResponse> data) {

  /**
   * Writes sessions down.
   *
   * @param current the one that asks
   */
  public static SessionsResponse of(List<Session> sessions, SessionId current) {
    return new SessionsResponse(
        sessions.stream()
            .map(session -> SessionResponse.of(session, session.id().equals(current)))
            .toList());
  }
}
