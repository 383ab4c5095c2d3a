package kassa.application.port.in;

import kassa.domain.identity.Caller;
import kassa.domain.identity.Permission;

/** Authorization failure: the caller lacks a permission. Nothing was changed. */
public final class AccessDeniedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Caller caller;
  private final Permission permission;

  /**
   * @param caller the caller
   * @param permission the permission that the caller lacks
   */
  public AccessDeniedException(Caller caller, Permission permission) {
    super(permission.name());
    this.caller = caller;
    this.permission = permission;
  }

  /** The caller whose request was denied. */
  public Caller caller() {
    return caller;
  }

  /** The permission that the caller lacks. */
  public Permission permission() {
    return permission;
  }
}
