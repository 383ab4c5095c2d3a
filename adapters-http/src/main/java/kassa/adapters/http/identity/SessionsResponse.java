package kassa.adapters.http.identity;

import java.util.List;
import kassa.domain.identity.Session;
import kassa.domain.identity.SessionId;

/**
 * Sessions of a user.
 *
 * @param data the sessions, the most recently used first
 */
public record SessionsResponse(List<SessionResponse> data) {

  /**
   * Converts sessions to their response.
   *
   * @param current the session of this request
   */
  public static SessionsResponse of(List<Session> sessions, SessionId current) {
    return new SessionsResponse(
        sessions.stream()
            .map(session -> SessionResponse.of(session, session.id().equals(current)))
            .toList());
  }
}
