package kassa.contract;

import kassa.application.port.out.RuleStore.ActiveRules;
import kassa.domain.pricing.RuleSet;
import kassa.domain.rule.KeptRule;
import kassa.domain.rule.Policy;

/** The set of rules that stores hold. */
final class TestRules {

  private TestRules() {}

  /** Those in force, under the default policy. */
  static RuleSet in(TestStores stores) {
    ActiveRules active = stores.rules().active();
    return new RuleSet(
        active.setVersion(),
        active.rules().stream().map(KeptRule::toRule).toList(),
        Policy.DEFAULT);
  }
}
