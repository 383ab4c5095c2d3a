package kassa.application.port.in;

import kassa.domain.identity.Caller;

/**
 * Use case that checks the permissions of its caller.
 *
 * @param <T> the use case
 */
@FunctionalInterface
public interface Secured<T> {

  /**
   * Returns the use case with the permissions of this caller. A call without the required
   * permission throws {@link AccessDeniedException} and changes nothing. Data of other owners does
   * not exist for the caller: it is neither found nor listed.
   *
   * @throws AccessDeniedException if the caller may not use any part of the use case
   */
  T as(Caller caller);
}
