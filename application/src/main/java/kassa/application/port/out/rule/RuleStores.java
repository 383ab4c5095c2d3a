package kassa.application.port.out.rule;

/**
 * The stores of the discount rules.
 *
 * @param rules stores the rules
 * @param codes stores the codes
 * @param limitUsage reads how far the usage limits are used up
 */
public record RuleStores(RuleStore rules, CodeStore codes, UsageStore limitUsage) {}
