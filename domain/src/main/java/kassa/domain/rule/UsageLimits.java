package kassa.domain.rule;

import org.jspecify.annotations.Nullable;

/**
 * How often a rule may be used, and for how much. {@code null} is no limit.
 *
 * @param total uses by all orders, 0 to 10<sup>12</sup>
 * @param perCode uses with one code, 0 to 10<sup>12</sup>
 * @param perCustomer uses by one customer, 0 to 10<sup>12</sup>; a rule with this limit needs to
 *     know who buys
 * @param budget what all uses together may take
 * @param isReusableAfterCancel whether an order that is cancelled gives its use back
 */
public record UsageLimits(
    @Nullable Long total,
    @Nullable Long perCode,
    @Nullable Long perCustomer,
    @Nullable Budget budget,
    boolean isReusableAfterCancel) {

  /** No limit at all. */
  public static final UsageLimits NONE = new UsageLimits(null, null, null, null, true);

  /** Whether anything is limited. */
  public boolean hasAny() {
    return total != null || perCode != null || perCustomer != null || budget != null;
  }
}
