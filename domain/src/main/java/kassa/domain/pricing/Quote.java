package kassa.domain.pricing;

import java.util.List;

/**
 * What a cart costs under a set of rules, and why.
 *
 * @param price the price
 * @param rejected the codes that bring nothing, and the rules that a limit stopped
 * @param trace what became of each rule, in the order in which they are looked at
 */
public record Quote(PricedCart price, List<Rejection> rejected, List<RuleTrace> trace) {

  public Quote {
    rejected = List.copyOf(rejected);
    trace = List.copyOf(trace);
  }

  /** The same without its reasons, for those who are not to know the conditions of rules. */
  public Quote withoutTrace() {
    return new Quote(price, rejected, List.of());
  }
}
