package kassa.application.internal.access;

import kassa.application.internal.identity.AuditTrail;
import kassa.application.port.in.ByCaller;
import kassa.application.port.in.NotAllowedException;
import kassa.domain.identity.AuditEvent.Kind;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Permission;

/** Lets callers through who may do what they ask for. */
public final class Access {

  private final AuditTrail trail;

  public Access(AuditTrail trail) {
    this.trail = trail;
  }

  /** A use-case of which nobody may do anything without this permission. */
  public <T> ByCaller<T> needing(Permission permission, ByCaller<T> useCase) {
    return caller -> {
      require(caller, permission);
      return useCase.by(caller);
    };
  }

  /**
   * @throws NotAllowedException if the caller may not do this
   */
  void require(Caller caller, Permission permission) {
    if (!caller.may(permission)) {
      throw denied(caller, permission);
    }
  }

  /** What to throw at somebody who may not do this. That they tried is written down. */
  NotAllowedException denied(Caller caller, Permission permission) {
    if (!(caller instanceof Caller.Nobody)) {
      trail.writeSeldom(
          Kind.ACCESS_DENIED, caller.name(), null, caller.address(), permission.name());
    }
    return new NotAllowedException(caller, permission);
  }
}
