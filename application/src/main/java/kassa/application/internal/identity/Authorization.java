package kassa.application.internal.identity;

import kassa.application.port.in.AccessDeniedException;
import kassa.application.port.in.Secured;
import kassa.domain.identity.AuditEvent.Kind;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Permission;

/**
 * Authorization: checks the permissions of callers and writes denied requests to the audit log.
 * Thread-safe.
 */
public final class Authorization {

  private final AuditTrail trail;

  public Authorization(AuditTrail trail) {
    this.trail = trail;
  }

  /** Secures a use case that requires this permission for every method. */
  public <T> Secured<T> requiring(Permission permission, Secured<T> useCase) {
    return caller -> {
      require(caller, permission);
      return useCase.as(caller);
    };
  }

  /**
   * Checks that the caller has a permission.
   *
   * @throws AccessDeniedException if the permission is missing
   */
  public void require(Caller caller, Permission permission) {
    if (!caller.hasPermission(permission)) {
      throw denied(caller, permission);
    }
  }

  /**
   * Creates the exception for a caller without a permission. The denial is written to the audit
   * log, except for anonymous callers.
   */
  public AccessDeniedException denied(Caller caller, Permission permission) {
    if (!(caller instanceof Caller.Anonymous)) {
      trail.writeDebounced(
          Kind.ACCESS_DENIED, caller.name(), null, caller.address(), permission.name());
    }
    return new AccessDeniedException(caller, permission);
  }
}
