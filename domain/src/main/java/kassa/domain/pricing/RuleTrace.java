package kassa.domain.pricing;

import kassa.domain.rule.RuleId;

/**
 * What became of one rule, and why.
 *
 * @param rule the rule
 * @param version the version of it that was looked at
 * @param label what the buyer is told its discounts are
 * @param outcome what became of it
 */
public record RuleTrace(RuleId rule, int version, String label, RuleOutcome outcome) {}
