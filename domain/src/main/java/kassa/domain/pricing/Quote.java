package kassa.domain.pricing;

import java.util.List;

/**
 * Quote: the price of a cart under a set of rules, with the outcome of each rule.
 *
 * @param price the priced cart
 * @param rejected the codes that do not apply, and the rules without a code whose limit is reached
 * @param trace the outcome of each rule, in the order of evaluation
 */
public record Quote(PricedCart price, List<Rejection> rejected, List<RuleTrace> trace) {

  /** Copies the lists. */
  public Quote {
    rejected = List.copyOf(rejected);
    trace = List.copyOf(trace);
  }

  /** Returns the quote with another reason why its codes do not apply. */
  public Quote withCodesRejected(SkipReason reason) {
    List<Rejection> changed =
        rejected.stream()
            .map(rejection ->
                rejection.code() == null
                    ? rejection
                    : new Rejection(rejection.code(), rejection.rule(), reason))
            .toList();
    return new Quote(price, changed, trace);
  }

  /** Returns the quote without its trace, for callers without access to the rules. */
  public Quote withoutTrace() {
    return new Quote(price, rejected, List.of());
  }
}
