package kassa.domain.usage;

import kassa.domain.money.Money;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;

/**
 * The use of a rule by an order.
 *
 * @param rule the rule
 * @param ruleVersion the version of it that applied
 * @param code the code that brought it, if one did
 * @param amount what it took off, shipping included; zero for a gift that is worth nothing
 * @param isReusable whether the use is given back when the order is cancelled
 */
public record Redemption(
    RuleId rule, int ruleVersion, @Nullable Code code, Money amount, boolean isReusable) {}
