package kassa.domain.rule;

import org.jspecify.annotations.Nullable;

/**
 * Usage limits of a rule. {@code null} means no limit.
 *
 * @param total the maximum number of uses, 0 to 10<sup>12</sup>
 * @param perCode the maximum number of uses with one code, 0 to 10<sup>12</sup>
 * @param perCustomer the maximum number of uses by one customer, 0 to 10<sup>12</sup>; a rule with
 *     this limit does not apply to anonymous customers
 * @param budget the budget for all uses together
 * @param isReusableAfterCancel whether the use of a cancelled order is released
 */
public record UsageLimits(
    @Nullable Long total,
    @Nullable Long perCode,
    @Nullable Long perCustomer,
    @Nullable Budget budget,
    boolean isReusableAfterCancel) {

  /** No limits. */
  public static final UsageLimits NONE = new UsageLimits(null, null, null, null, true);

  /** Returns whether there is at least one limit. */
  public boolean hasAny() {
    return total != null || perCode != null || perCustomer != null || budget != null;
  }
}
