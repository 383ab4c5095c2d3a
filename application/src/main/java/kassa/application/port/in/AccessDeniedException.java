package kassa.application.port.in;

import kassa.domain.identity.Caller;
import kassa.domain.identity.Permission;

/** Somebody asked for something that they may not do. Nothing was done. */
public final class AccessDeniedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Caller caller;
  private final Permission permission;

  /**
   * @param caller who asked
   * @param permission what they would need
   */
  public AccessDeniedException(Caller caller, Permission permission) {
    super(permission.name());
    this.caller = caller;
    this.permission = permission;
  }

  /** Who asked. */
  public Caller caller() {
    return caller;
  }

  /** What they would need. */
  public Permission permission() {
    return permission;
  }
}
