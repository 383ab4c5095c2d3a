package kassa.domain.pricing;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;

/**
 * All that a price depends on, but for the rules.
 *
 * @param cart what is bought
 * @param codes what the buyer typed, in that order
 * @param customer who buys
 * @param channel where the cart comes from, as rules know it
 * @param metadata what the sender says beside
 * @param at the time that the price is for
 * @param limitCounts how far the limits of rules are used up; not at all for those that are not in
 *     it
 * @param codeUsages what is known of codes that no rule names itself, by their {@link Code#key()}
 */
public record PricingRequest(
    Cart cart,
    SequencedSet<Code> codes,
    Customer customer,
    @Nullable String channel,
    Map<String, String> metadata,
    Instant at,
    Map<RuleId, LimitCounts> limitCounts,
    Map<String, CodeUsage> codeUsages) {

  /** The most codes of a request. */
  public static final int MAX_CODES = 20;

  public PricingRequest {
    codes = Collections.unmodifiableSequencedSet(new LinkedHashSet<>(codes));
    metadata = Map.copyOf(metadata);
    limitCounts = Map.copyOf(limitCounts);
    codeUsages = Map.copyOf(codeUsages);
  }

  /** A cart of somebody unknown, at this time. */
  public static PricingRequest of(Cart cart, Instant at) {
    return new PricingRequest(
        cart, new LinkedHashSet<>(), Customer.ANONYMOUS, null, Map.of(), at, Map.of(), Map.of());
  }

  /** The same request for another cart. */
  public PricingRequest withCart(Cart other) {
    return new PricingRequest(
        other, codes, customer, channel, metadata, at, limitCounts, codeUsages);
  }

  /** How far the limits of a rule are used up. */
  public LimitCounts limitCountsOf(RuleId rule) {
    return limitCounts.getOrDefault(rule, LimitCounts.NONE);
  }
}
