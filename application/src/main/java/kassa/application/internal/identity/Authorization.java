package kassa.application.internal.identity;

import kassa.application.port.in.AccessDeniedException;
import kassa.application.port.in.Secured;
import kassa.domain.identity.AuditEvent.Kind;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Permission;

/** Lets callers through who may do what they ask for. */
public final class Authorization {

  private final AuditTrail trail;

  public Authorization(AuditTrail trail) {
    this.trail = trail;
  }

  /** A use-case of which nobody may do anything without this permission. */
  public <T> Secured<T> requiring(Permission permission, Secured<T> useCase) {
    return caller -> {
      require(caller, permission);
      return useCase.as(caller);
    };
  }

  /**
   * Requires a permission of the caller.
   *
   * @throws AccessDeniedException if the caller may not do this
   */
  public void require(Caller caller, Permission permission) {
    if (!caller.hasPermission(permission)) {
      throw denied(caller, permission);
    }
  }

  /** What to throw at somebody who may not do this. That they tried is written down. */
  public AccessDeniedException denied(Caller caller, Permission permission) {
    if (!(caller instanceof Caller.Anonymous)) {
      trail.writeDebounced(
          Kind.ACCESS_DENIED, caller.name(), null, caller.address(), permission.name());
    }
    return new AccessDeniedException(caller, permission);
  }
}
