package kassa.domain.pricing;

import kassa.domain.rule.RuleId;

/**
 * Entry of a pricing trace: the outcome of one rule.
 *
 * @param rule the rule
 * @param version the evaluated version of the rule
 * @param label the label of its discounts for customers
 * @param outcome the outcome
 */
public record RuleTrace(RuleId rule, int version, String label, RuleOutcome outcome) {}
