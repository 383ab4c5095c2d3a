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
}
