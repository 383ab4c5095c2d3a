package kassa.application.port.in;

import kassa.domain.identity.Caller;

/**
 * A use-case, which has to know who asks.
 *
 * @param <T> the use-case
 */
@FunctionalInterface
public interface Secured<T> {

  /**
   * The use-case as this caller may ask for it. Whatever they may not do throws {@link
   * AccessDeniedException} and changes nothing; what belongs to others is absent for them.
   *
   * @throws AccessDeniedException if they may do nothing of it
   */
  T as(Caller caller);
}
