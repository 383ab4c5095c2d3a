package kassa.domain.pricing.engine;

import java.util.Currency;
import java.util.List;
import kassa.domain.money.Amount;
import kassa.domain.pricing.LimitCounts;
import kassa.domain.pricing.PricingRequest;
import kassa.domain.pricing.RuleOutcome;
import kassa.domain.pricing.SkipReason;
import kassa.domain.rule.Budget;
import kassa.domain.rule.Code;
import kassa.domain.rule.Rule;
import kassa.domain.rule.RuleDefinition;
import kassa.domain.rule.UsageLimits;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a rule is eligible. Checks in this order: code, usage limits, validity window,
 * currency, conditions.
 */
final class Eligibility {

  /** Path of an outcome that depends on the currency of the cart. */
  static final String CURRENCY_PATH = "/currency";

  private final PricingRequest request;
  private final AppliedCodes codes;
  private final ConditionCheck conditions;

  Eligibility(PricingRequest request, AppliedCodes codes, ConditionCheck conditions) {
    this.request = request;
    this.codes = codes;
    this.conditions = conditions;
  }

  /**
   * Returns the code that activates a rule.
   *
   * @return the first entered code that is available, or else the first entered code; {@code null}
   *     if no code was entered
   */
  @Nullable Code codeFor(Rule rule) {
    List<Code> entered = rule.needsCode() ? codes.codesFor(rule) : List.of();
    for (Code code : entered) {
      if (codes.isAvailable(code, rule)) {
        return code;
      }
    }
    return entered.isEmpty() ? null : entered.getFirst();
  }

  /** Returns why a rule is not eligible; {@code null} if it is eligible. */
  RuleOutcome.@Nullable Skipped findSkipReason(Rule rule, @Nullable Code code) {
    RuleDefinition definition = rule.definition();
    if (rule.needsCode() && code == null) {
      return new RuleOutcome.Skipped(
          SkipReason.CODE_NOT_GIVEN,
          definition.code() == null ? "/needsCode" : "/code",
          "one of its codes",
          codes.description());
    }
    RuleOutcome.Skipped limit = checkLimits(rule, code);
    if (limit != null) {
      return limit;
    }
    if (definition.window().startsAfter(request.at())) {
      return outsideWindow(SkipReason.NOT_STARTED, "/window/from", definition.window().from());
    }
    if (definition.window().hasEndedBy(request.at())) {
      return outsideWindow(SkipReason.EXPIRED, "/window/to", definition.window().to());
    }
    RuleOutcome.Skipped currency = checkCurrency(definition);
    if (currency != null) {
      return currency;
    }
    ConditionCheck.Failure failure = conditions.firstFailure(definition.when(), "/when");
    return failure == null
        ? null
        : new RuleOutcome.Skipped(
            SkipReason.CONDITIONS_NOT_MET, failure.path(), failure.expected(), failure.found());
  }

  /** Returns the remaining spend budget of a rule, in minor units. */
  long remainingBudget(Rule rule) {
    return rule.definition().limits().budget() instanceof Budget.Spend(Amount limit)
        ? limit.floor(request.cart().currency()) - request.limitCountsOf(rule.id()).budgetUsed()
        : Long.MAX_VALUE;
  }

  /** Returns the uses without those of cancelled orders, if the rule is reusable. */
  static long effectiveUses(long redeemed, LimitCounts counts, Rule rule) {
    return rule.definition().limits().isReusableAfterCancel()
        ? Math.max(0, redeemed - counts.redeemedByCancelledOrders())
        : redeemed;
  }

  private RuleOutcome.@Nullable Skipped checkLimits(Rule rule, @Nullable Code code) {
    UsageLimits limits = rule.definition().limits();
    LimitCounts counts = request.limitCountsOf(rule.id());
    if (limits.total() != null
        && effectiveUses(counts.redeemed(), counts, rule) >= limits.total()) {
      return limitReached(
          SkipReason.USAGE_LIMIT_REACHED, "/limits/total", limits.total(), counts.redeemed());
    }
    if (code != null && !codes.isAvailable(code, rule)) {
      return new RuleOutcome.Skipped(
          SkipReason.USAGE_LIMIT_REACHED, "/limits/perCode", "a code with uses left", code.value());
    }
    if (limits.perCustomer() != null
        && effectiveUses(counts.redeemedByCustomer(), counts, rule) >= limits.perCustomer()) {
      return new RuleOutcome.Skipped(
          SkipReason.PER_CUSTOMER_LIMIT_REACHED,
          "/limits/perCustomer",
          "fewer than " + limits.perCustomer() + " uses",
          request.customer().id() == null
              ? "an anonymous customer"
              : counts.redeemedByCustomer() + " uses");
    }
    return switch (limits.budget()) {
      case null -> null;
      case Budget.Usage(long limit) ->
          effectiveUses(counts.budgetUsed(), counts, rule) < limit
              ? null
              : limitReached(
                  SkipReason.BUDGET_EXCEEDED, "/limits/budget", limit, counts.budgetUsed());
      case Budget.Spend spend -> remainingBudget(rule) > 0 ? null : budgetExceeded(rule, spend);
    };
  }

  private RuleOutcome.Skipped budgetExceeded(Rule rule, Budget.Spend spend) {
    return new RuleOutcome.Skipped(
        SkipReason.BUDGET_EXCEEDED,
        "/limits/budget",
        "less than " + spend.limit() + " spent",
        java.math.BigDecimal.valueOf(
                request.limitCountsOf(rule.id()).budgetUsed(),
                request.cart().currency().getDefaultFractionDigits())
            .toPlainString());
  }

  /** Checks that the currency can represent the fixed amounts, so that none must be rounded. */
  private RuleOutcome.@Nullable Skipped checkCurrency(RuleDefinition definition) {
    Currency currency = request.cart().currency();
    if (definition.currency() != null && !definition.currency().equals(currency)) {
      return new RuleOutcome.Skipped(
          SkipReason.CONDITIONS_NOT_MET,
          CURRENCY_PATH,
          definition.currency().getCurrencyCode(),
          currency.getCurrencyCode());
    }
    for (int i = 0; i < definition.effects().size(); i++) {
      Amount amount = definition.effects().get(i).mostPreciseFixedAmount();
      if (amount != null && !amount.fits(currency)) {
        return new RuleOutcome.Skipped(
            SkipReason.CONDITIONS_NOT_MET,
            "/effects/" + i,
            "an amount payable in " + currency.getCurrencyCode(),
            amount.toString());
      }
    }
    return null;
  }

  private static RuleOutcome.Skipped limitReached(
      SkipReason reason, String path, long limit, long used) {
    return new RuleOutcome.Skipped(reason, path, "fewer than " + limit + " uses", used + " uses");
  }

  private RuleOutcome.Skipped outsideWindow(
      SkipReason reason, String path, java.time.@Nullable Instant at) {
    return new RuleOutcome.Skipped(
        reason,
        path,
        (reason == SkipReason.EXPIRED ? "before " : "from ") + at,
        request.at().toString());
  }
}
