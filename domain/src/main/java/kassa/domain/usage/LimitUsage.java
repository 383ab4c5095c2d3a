package kassa.domain.usage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import kassa.domain.pricing.CodeUsage;
import kassa.domain.pricing.LimitCounts;
import kassa.domain.pricing.PricingRequest;
import kassa.domain.pricing.Quote;
import kassa.domain.pricing.RuleOutcome;
import kassa.domain.pricing.RuleSet;
import kassa.domain.pricing.RuleTrace;
import kassa.domain.rule.Budget;
import kassa.domain.rule.Code;
import kassa.domain.rule.Rule;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.UsageLimits;
import org.jspecify.annotations.Nullable;

/** Calculates the usage counters, redemptions and limit reservations of an order. */
public final class LimitUsage {

  private LimitUsage() {}

  /**
   * Returns the counters that the price of a request depends on, in lock order.
   *
   * @param request the request, with the usage of its stored codes
   * @param rules the active rules
   */
  public static Set<UsageCounter> counters(PricingRequest request, RuleSet rules) {
    Set<UsageCounter> counters = new TreeSet<>();
    for (Rule rule : rules.rules()) {
      List<Code> codes = rule.needsCode() ? codesFor(rule, request) : List.of();
      if (!rule.needsCode() || !codes.isEmpty()) {
        addCounters(counters, rule, codes, request);
      }
    }
    return counters;
  }

  /**
   * Returns the request with the values of the counters.
   *
   * @param counts the values by counter; a missing counter has the value zero
   */
  public static PricingRequest withCounts(
      PricingRequest request, RuleSet rules, Map<UsageCounter, Long> counts) {
    Map<RuleId, LimitCounts> limitCounts = new HashMap<>();
    for (Rule rule : rules.rules()) {
      if (rule.definition().limits().hasAny()) {
        limitCounts.put(rule.id(), limitCounts(rule, request, counts));
      }
    }
    if (limitCounts.isEmpty() && request.codeUsages().isEmpty()) {
      return request;
    }
    Map<String, CodeUsage> codeUsages = new HashMap<>();
    request
        .codeUsages()
        .forEach((key, usage) -> {
          long redeemed =
              counts.getOrDefault(new UsageCounter(usage.rule(), UsageCounter.Kind.CODE, key), 0L);
          codeUsages.put(key, new CodeUsage(usage.rule(), usage.limit(), redeemed));
        });
    return new PricingRequest(
        request.cart(),
        request.codes(),
        request.customer(),
        request.channel(),
        request.metadata(),
        request.at(),
        limitCounts,
        codeUsages);
  }

  /** Returns the redemptions of an order with this quote: one for each applied rule. */
  public static List<Redemption> redemptions(Quote quote, RuleSet rules) {
    List<Redemption> redemptions = new ArrayList<>();
    for (RuleTrace trace : quote.trace()) {
      Rule rule = rules.find(trace.rule());
      if (rule != null && trace.outcome() instanceof RuleOutcome.Applied applied) {
        redemptions.add(
            new Redemption(
                rule.id(),
                rule.version(),
                applied.code(),
                applied.amount(),
                rule.definition().limits().isReusableAfterCancel()));
      }
    }
    return redemptions;
  }

  /** Returns the reservations of an order against the limits of its rules, in lock order. */
  public static List<LimitReservation> reservations(
      List<Redemption> redemptions, PricingRequest request, RuleSet rules) {
    List<LimitReservation> reservations = new ArrayList<>();
    for (Redemption redemption : redemptions) {
      Rule rule = rules.find(redemption.rule());
      if (rule != null) {
        addReservations(reservations, rule, redemption, request);
      }
    }
    reservations.sort((first, second) -> first.counter().compareTo(second.counter()));
    return reservations;
  }

  private static void addCounters(
      Set<UsageCounter> counters, Rule rule, List<Code> codes, PricingRequest request) {
    UsageLimits limits = rule.definition().limits();
    if (totalLimit(limits) != null) {
      counters.add(UsageCounter.ofTotal(rule.id()));
    }
    if (limits.budget() instanceof Budget.Spend) {
      counters.add(UsageCounter.ofSpend(rule.id(), request.cart().currency()));
    }
    if (limits.perCustomer() != null && request.customer().id() != null) {
      counters.add(UsageCounter.ofCustomer(rule.id(), request.customer().id()));
    }
    for (Code code : codes) {
      if (codeLimit(rule, code, request) != null) {
        counters.add(UsageCounter.ofCode(rule.id(), code));
      }
    }
  }

  private static void addReservations(
      List<LimitReservation> reservations,
      Rule rule,
      Redemption redemption,
      PricingRequest request) {
    UsageLimits limits = rule.definition().limits();
    Long total = totalLimit(limits);
    if (total != null) {
      reservations.add(new LimitReservation(UsageCounter.ofTotal(rule.id()), 1, total));
    }
    if (limits.budget() instanceof Budget.Spend spend && !redemption.amount().isZero()) {
      reservations.add(
          new LimitReservation(
              UsageCounter.ofSpend(rule.id(), request.cart().currency()),
              redemption.amount().minorUnits(),
              spend.limit().floor(request.cart().currency())));
    }
    if (limits.perCustomer() != null && request.customer().id() != null) {
      reservations.add(
          new LimitReservation(
              UsageCounter.ofCustomer(rule.id(), request.customer().id()),
              1,
              limits.perCustomer()));
    }
    Code code = redemption.code();
    Long codeLimit = code == null ? null : codeLimit(rule, code, request);
    if (code != null && codeLimit != null) {
      reservations.add(new LimitReservation(UsageCounter.ofCode(rule.id(), code), 1, codeLimit));
    }
  }

  private static LimitCounts limitCounts(
      Rule rule, PricingRequest request, Map<UsageCounter, Long> counts) {
    UsageLimits limits = rule.definition().limits();
    long total = counts.getOrDefault(UsageCounter.ofTotal(rule.id()), 0L);
    Code code = rule.definition().code();
    long redeemedWithCode =
        code == null ? 0 : counts.getOrDefault(UsageCounter.ofCode(rule.id(), code), 0L);
    long spent =
        counts.getOrDefault(UsageCounter.ofSpend(rule.id(), request.cart().currency()), 0L);
    return new LimitCounts(
        total,
        redeemedWithCode,
        usesByCustomer(rule, request, counts),
        0,
        limits.budget() instanceof Budget.Spend ? spent : total);
  }

  /** The uses of an anonymous customer cannot be counted, so the limit counts as reached. */
  private static long usesByCustomer(
      Rule rule, PricingRequest request, Map<UsageCounter, Long> counts) {
    Long limit = rule.definition().limits().perCustomer();
    if (limit == null) {
      return 0;
    }
    String customer = request.customer().id();
    return customer == null
        ? limit
        : counts.getOrDefault(UsageCounter.ofCustomer(rule.id(), customer), 0L);
  }

  private static List<Code> codesFor(Rule rule, PricingRequest request) {
    List<Code> codes = new ArrayList<>();
    for (Code code : request.codes()) {
      CodeUsage usage = request.codeUsages().get(code.key());
      if (code.equals(rule.definition().code())
          || (usage != null && usage.rule().equals(rule.id()))) {
        codes.add(code);
      }
    }
    return codes;
  }

  /** Returns the limit of one code: its own limit, or else that of its rule. */
  private static @Nullable Long codeLimit(Rule rule, Code code, PricingRequest request) {
    CodeUsage usage = request.codeUsages().get(code.key());
    return usage != null && usage.limit() != null
        ? usage.limit()
        : rule.definition().limits().perCode();
  }

  /** Returns the lower one of the total limit and the usage budget of a rule. */
  private static @Nullable Long totalLimit(UsageLimits limits) {
    Long total = limits.total();
    if (limits.budget() instanceof Budget.Usage(long budget)) {
      return total == null ? Long.valueOf(budget) : Long.valueOf(Math.min(total, budget));
    }
    return total;
  }
}
