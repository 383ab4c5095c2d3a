package kassa.domain.usage;

import kassa.domain.money.Money;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;

/**
 * Redemption: the use of a rule by an order.
 *
 * @param rule the rule
 * @param ruleVersion the version of the rule that applied
 * @param code the code that activated the rule; {@code null} if the rule needs none
 * @param amount the discount, including that on shipping; zero for a free gift with price zero
 * @param isReusable whether the use is released when the order is cancelled
 */
public record Redemption(
    RuleId rule, int ruleVersion, @Nullable Code code, Money amount, boolean isReusable) {}
