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

/** What has to be counted of rules with limits, before an order is priced and when it is kept. */
public final class LimitUsage {

  private LimitUsage() {}

  /**
   * The counters that the price of a request depends on.
   *
   * @param request what is asked, with what is known of the codes in it
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
   * The request with what the counters say.
   *
   * @param counts the counters by their values; one that is missing counts as zero
   */
  public static PricingRequest withCounts(
      PricingRequest request, RuleSet rules, Map<UsageCounter, Long> counts) {
    Map<RuleId, LimitCounts> limitCounts = new HashMap<>();
    for (Rule rule : rules.rules()) {
      if (rule.definition().limits().hasAny()) {
        limitCounts.put(rule.id(), limitCounts(rule, request, counts));
      }
    }
    Map<String, CodeUsage> codeUsages = new HashMap<>();
    request
        .codeUsages()
        .forEach((key, use) -> {
          long redeemed =
              counts.getOrDefault(new UsageCounter(use.rule(), UsageCounter.Kind.CODE, key), 0L);
          codeUsages.put(key, new CodeUsage(use.rule(), use.limit(), redeemed));
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

  /** The uses that an order of this price makes of the rules that apply to it. */
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

  /** What an order takes of the limits of the rules that apply to it, in the order of locking. */
  public static List<LimitReservation> reservations(
      List<Redemption> redemptions, PricingRequest request, RuleSet rules) {
    List<LimitReservation> reservations = new ArrayList<>();
    for (Redemption redemption : redemptions) {
      Rule rule = rules.find(redemption.rule());
      if (rule != null) {
        addReservations(reservations, rule, redemption, request);
      }
    }
    reservations.sort((one, other) -> one.counter().compareTo(other.counter()));
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
    long withCode =
        code == null ? 0 : counts.getOrDefault(UsageCounter.ofCode(rule.id(), code), 0L);
    long spent =
        counts.getOrDefault(UsageCounter.ofSpend(rule.id(), request.cart().currency()), 0L);
    return new LimitCounts(
        total,
        withCode,
        usesByCustomer(rule, request, counts),
        0,
        limits.budget() instanceof Budget.Spend ? spent : total);
  }

  /** Somebody unknown cannot be counted, and so has used up what a customer may. */
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
      CodeUsage use = request.codeUsages().get(code.key());
      if (code.equals(rule.definition().code()) || (use != null && use.rule().equals(rule.id()))) {
        codes.add(code);
      }
    }
    return codes;
  }

  /** The limit of one code: its own, else that of its rule. */
  private static @Nullable Long codeLimit(Rule rule, Code code, PricingRequest request) {
    CodeUsage use = request.codeUsages().get(code.key());
    return use != null && use.limit() != null ? use.limit() : rule.definition().limits().perCode();
  }

  /** All uses are limited by the rule, by its budget, or by both: then by the lower one. */
  private static @Nullable Long totalLimit(UsageLimits limits) {
    Long total = limits.total();
    if (limits.budget() instanceof Budget.Usage(long budget)) {
      return total == null ? Long.valueOf(budget) : Long.valueOf(Math.min(total, budget));
    }
    return total;
  }
}
