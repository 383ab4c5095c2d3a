package kassa.domain.pricing;

import java.util.Currency;
import java.util.List;
import kassa.domain.money.Amount;
import kassa.domain.rule.Budget;
import kassa.domain.rule.Code;
import kassa.domain.rule.Limits;
import kassa.domain.rule.Rule;
import kassa.domain.rule.RuleDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a rule may apply, in one order: its code, its limits, its time, its currency, its
 * conditions.
 */
final class Eligibility {

  private final PricingRequest request;
  private final EnteredCodes codes;
  private final ConditionCheck conditions;

  Eligibility(PricingRequest request, EnteredCodes codes, ConditionCheck conditions) {
    this.request = request;
    this.codes = codes;
    this.conditions = conditions;
  }

  /**
   * The code that brings a rule.
   *
   * @return the first that may be used once more, else the first; {@code null} if none was entered
   */
  @Nullable Code codeOf(Rule rule) {
    List<Code> entered = rule.needsCode() ? codes.of(rule) : List.of();
    for (Code code : entered) {
      if (codes.isFree(code, rule)) {
        return code;
      }
    }
    return entered.isEmpty() ? null : entered.getFirst();
  }

  /** Why a rule may not apply; {@code null} if it may. */
  Verdict.@Nullable Skipped whyNot(Rule rule, @Nullable Code code) {
    RuleDefinition definition = rule.definition();
    if (rule.needsCode() && code == null) {
      return new Verdict.Skipped(
          SkipReason.CODE_NOT_GIVEN,
          definition.code() == null ? "/needsCode" : "/code",
          "one of its codes",
          codes.told());
    }
    Verdict.Skipped limit = limit(rule, code);
    if (limit != null) {
      return limit;
    }
    if (definition.window().beginsAfter(request.at())) {
      return skipped(SkipReason.NOT_STARTED, "/window/from", definition.window().from());
    }
    if (definition.window().endsBy(request.at())) {
      return skipped(SkipReason.EXPIRED, "/window/to", definition.window().to());
    }
    Verdict.Skipped currency = currency(definition);
    if (currency != null) {
      return currency;
    }
    ConditionCheck.Failure failure = conditions.firstFailure(definition.when(), "/when");
    return failure == null
        ? null
        : new Verdict.Skipped(
            SkipReason.CONDITIONS_NOT_MET, failure.path(), failure.expected(), failure.found());
  }

  /** What an order may still take of a rule's spend budget, in minor units. */
  long budgetLeft(Rule rule) {
    return rule.definition().limits().budget() instanceof Budget.Spend(Amount limit)
        ? limit.floor(request.cart().currency()) - request.usage(rule.id()).budgetUsed()
        : Long.MAX_VALUE;
  }

  /** What counts of some uses: those of cancelled orders do not, if they come back. */
  static long counted(long redeemed, Usage usage, Rule rule) {
    return rule.definition().limits().reusableAfterCancel()
        ? Math.max(0, redeemed - usage.redeemedByCancelledOrders())
        : redeemed;
  }

  private Verdict.@Nullable Skipped limit(Rule rule, @Nullable Code code) {
    Limits limits = rule.definition().limits();
    Usage usage = request.usage(rule.id());
    if (limits.total() != null && counted(usage.redeemed(), usage, rule) >= limits.total()) {
      return reached(
          SkipReason.USAGE_LIMIT_REACHED, "/limits/total", limits.total(), usage.redeemed());
    }
    if (code != null && !codes.isFree(code, rule)) {
      return new Verdict.Skipped(
          SkipReason.USAGE_LIMIT_REACHED,
          "/limits/perCode",
          "a code that is not used up",
          code.value());
    }
    if (limits.perCustomer() != null
        && counted(usage.redeemedByCustomer(), usage, rule) >= limits.perCustomer()) {
      return new Verdict.Skipped(
          SkipReason.PER_CUSTOMER_LIMIT_REACHED,
          "/limits/perCustomer",
          "fewer than " + limits.perCustomer() + " uses",
          request.customer().id() == null
              ? "no customer who could be counted"
              : usage.redeemedByCustomer() + " uses");
    }
    return switch (limits.budget()) {
      case null -> null;
      case Budget.Usage(long limit) ->
          counted(usage.budgetUsed(), usage, rule) < limit
              ? null
              : reached(SkipReason.BUDGET_EXCEEDED, "/limits/budget", limit, usage.budgetUsed());
      case Budget.Spend spend -> budgetLeft(rule) > 0 ? null : overspent(rule, spend);
    };
  }

  private Verdict.Skipped overspent(Rule rule, Budget.Spend spend) {
    return new Verdict.Skipped(
        SkipReason.BUDGET_EXCEEDED,
        "/limits/budget",
        "less than " + spend.limit() + " spent",
        java.math.BigDecimal.valueOf(
                request.usage(rule.id()).budgetUsed(),
                request.cart().currency().getDefaultFractionDigits())
            .toPlainString());
  }

  /** An amount of a rule has to be one of the cart's currency, or it would have to be changed. */
  private Verdict.@Nullable Skipped currency(RuleDefinition definition) {
    Currency currency = request.cart().currency();
    if (definition.currency() != null && !definition.currency().equals(currency)) {
      return new Verdict.Skipped(
          SkipReason.CONDITIONS_NOT_MET,
          "/currency",
          definition.currency().getCurrencyCode(),
          currency.getCurrencyCode());
    }
    for (int i = 0; i < definition.effects().size(); i++) {
      Amount amount = definition.effects().get(i).finestWholeAmount();
      if (amount != null && !amount.fits(currency)) {
        return new Verdict.Skipped(
            SkipReason.CONDITIONS_NOT_MET,
            "/effects/" + i,
            "an amount that " + currency.getCurrencyCode() + " has",
            amount.toString());
      }
    }
    return null;
  }

  private static Verdict.Skipped reached(SkipReason reason, String path, long limit, long used) {
    return new Verdict.Skipped(reason, path, "fewer than " + limit + " uses", used + " uses");
  }

  private Verdict.Skipped skipped(SkipReason reason, String path, java.time.@Nullable Instant at) {
    return new Verdict.Skipped(
        reason,
        path,
        (reason == SkipReason.EXPIRED ? "before " : "from ") + at,
        request.at().toString());
  }
}
