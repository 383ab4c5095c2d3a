package kassa.domain.redemption;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import kassa.domain.pricing.CodeUse;
import kassa.domain.pricing.PricingRequest;
import kassa.domain.pricing.Quote;
import kassa.domain.pricing.RuleSet;
import kassa.domain.pricing.RuleTrace;
import kassa.domain.pricing.Usage;
import kassa.domain.pricing.Verdict;
import kassa.domain.rule.Budget;
import kassa.domain.rule.Code;
import kassa.domain.rule.Limits;
import kassa.domain.rule.Rule;
import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;

/** What has to be counted of rules with limits, before an order is priced and when it is kept. */
public final class Usages {

  private Usages() {}

  /**
   * The counters that the price of a request depends on.
   *
   * @param request what is asked, with what is known of the codes in it
   */
  public static Set<Counter> counters(PricingRequest request, RuleSet rules) {
    Set<Counter> counters = new TreeSet<>();
    for (Rule rule : rules.rules()) {
      List<Code> codes = rule.needsCode() ? codesOf(rule, request) : List.of();
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
  public static PricingRequest counted(
      PricingRequest request, RuleSet rules, Map<Counter, Long> counts) {
    Map<RuleId, Usage> usages = new HashMap<>();
    for (Rule rule : rules.rules()) {
      if (rule.definition().limits().any()) {
        usages.put(rule.id(), usage(rule, request, counts));
      }
    }
    Map<String, CodeUse> codeUses = new HashMap<>();
    request
        .codeUses()
        .forEach((key, use) -> {
          long redeemed = counts.getOrDefault(new Counter(use.rule(), Counter.Kind.CODE, key), 0L);
          codeUses.put(key, new CodeUse(use.rule(), use.limit(), redeemed));
        });
    return new PricingRequest(
        request.cart(),
        request.codes(),
        request.customer(),
        request.channel(),
        request.metadata(),
        request.at(),
        usages,
        codeUses);
  }

  /** The uses that an order of this price makes of the rules that apply to it. */
  public static List<Redemption> redemptions(Quote quote, RuleSet rules) {
    List<Redemption> redemptions = new ArrayList<>();
    for (RuleTrace trace : quote.trace()) {
      Rule rule = rules.find(trace.rule());
      if (rule != null && trace.verdict() instanceof Verdict.Applied applied) {
        redemptions.add(
            new Redemption(
                rule.id(),
                rule.version(),
                applied.code(),
                applied.amount(),
                rule.definition().limits().reusableAfterCancel()));
      }
    }
    return redemptions;
  }

  /** What an order takes of the limits of the rules that apply to it, in the order of locking. */
  public static List<Claim> claims(
      List<Redemption> redemptions, PricingRequest request, RuleSet rules) {
    List<Claim> claims = new ArrayList<>();
    for (Redemption redemption : redemptions) {
      Rule rule = rules.find(redemption.rule());
      if (rule != null) {
        addClaims(claims, rule, redemption, request);
      }
    }
    claims.sort((one, other) -> one.counter().compareTo(other.counter()));
    return claims;
  }

  private static void addCounters(
      Set<Counter> counters, Rule rule, List<Code> codes, PricingRequest request) {
    Limits limits = rule.definition().limits();
    if (totalLimit(limits) != null) {
      counters.add(Counter.ofAll(rule.id()));
    }
    if (limits.budget() instanceof Budget.Spend) {
      counters.add(Counter.ofSpend(rule.id(), request.cart().currency()));
    }
    if (limits.perCustomer() != null && request.customer().id() != null) {
      counters.add(Counter.ofCustomer(rule.id(), request.customer().id()));
    }
    for (Code code : codes) {
      if (codeLimit(rule, code, request) != null) {
        counters.add(Counter.ofCode(rule.id(), code));
      }
    }
  }

  private static void addClaims(
      List<Claim> claims, Rule rule, Redemption redemption, PricingRequest request) {
    Limits limits = rule.definition().limits();
    Long total = totalLimit(limits);
    if (total != null) {
      claims.add(new Claim(Counter.ofAll(rule.id()), 1, total));
    }
    if (limits.budget() instanceof Budget.Spend spend && !redemption.amount().isZero()) {
      claims.add(
          new Claim(
              Counter.ofSpend(rule.id(), request.cart().currency()),
              redemption.amount().minorUnits(),
              spend.limit().floor(request.cart().currency())));
    }
    if (limits.perCustomer() != null && request.customer().id() != null) {
      claims.add(
          new Claim(
              Counter.ofCustomer(rule.id(), request.customer().id()), 1, limits.perCustomer()));
    }
    Code code = redemption.code();
    Long codeLimit = code == null ? null : codeLimit(rule, code, request);
    if (code != null && codeLimit != null) {
      claims.add(new Claim(Counter.ofCode(rule.id(), code), 1, codeLimit));
    }
  }

  private static Usage usage(Rule rule, PricingRequest request, Map<Counter, Long> counts) {
    Limits limits = rule.definition().limits();
    long total = counts.getOrDefault(Counter.ofAll(rule.id()), 0L);
    Code code = rule.definition().code();
    long withCode = code == null ? 0 : counts.getOrDefault(Counter.ofCode(rule.id(), code), 0L);
    long spent = counts.getOrDefault(Counter.ofSpend(rule.id(), request.cart().currency()), 0L);
    return new Usage(
        total,
        withCode,
        byCustomer(rule, request, counts),
        0,
        limits.budget() instanceof Budget.Spend ? spent : total);
  }

  /** Somebody unknown cannot be counted, and so has used up what a customer may. */
  private static long byCustomer(Rule rule, PricingRequest request, Map<Counter, Long> counts) {
    Long limit = rule.definition().limits().perCustomer();
    if (limit == null) {
      return 0;
    }
    String customer = request.customer().id();
    return customer == null
        ? limit
        : counts.getOrDefault(Counter.ofCustomer(rule.id(), customer), 0L);
  }

  private static List<Code> codesOf(Rule rule, PricingRequest request) {
    List<Code> codes = new ArrayList<>();
    for (Code code : request.codes()) {
      CodeUse use = request.codeUses().get(code.key());
      if (code.equals(rule.definition().code()) || (use != null && use.rule().equals(rule.id()))) {
        codes.add(code);
      }
    }
    return codes;
  }

  /** The limit of one code: its own, else that of its rule. */
  private static @Nullable Long codeLimit(Rule rule, Code code, PricingRequest request) {
    CodeUse use = request.codeUses().get(code.key());
    return use != null && use.limit() != null ? use.limit() : rule.definition().limits().perCode();
  }

  /** All uses are limited by the rule, by its budget, or by both: then by the lower one. */
  private static @Nullable Long totalLimit(Limits limits) {
    Long total = limits.total();
    if (limits.budget() instanceof Budget.Usage(long budget)) {
      return total == null ? Long.valueOf(budget) : Long.valueOf(Math.min(total, budget));
    }
    return total;
  }
}
