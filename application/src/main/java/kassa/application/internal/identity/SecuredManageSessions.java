package kassa.application.internal.identity;

import kassa.application.port.in.Secured;
import kassa.application.port.in.identity.ManageSessions;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Permission;

/** Secures the use cases of sessions: only callers who signed in have sessions. */
public final class SecuredManageSessions {

  private SecuredManageSessions() {}

  /** Secures the sessions for every caller. */
  public static Secured<ManageSessions> secure(
      SessionService sessions, Authorization authorization) {
    return caller -> {
      authorization.require(caller, Permission.MANAGE_OWN_SESSIONS);
      if (caller instanceof Caller.SignedIn signedIn) {
        return sessions.as(signedIn);
      }
      throw authorization.denied(caller, Permission.MANAGE_OWN_SESSIONS);
    };
  }
}
