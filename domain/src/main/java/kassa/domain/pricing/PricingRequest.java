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
 * Pricing request: everything that a price depends on, except for the rules.
 *
 * @param cart the cart
 * @param codes the entered codes, in order
 * @param customer the customer
 * @param channel the sales channel; {@code null} if not given
 * @param metadata the metadata of the client
 * @param at the time of the price
 * @param limitCounts the counts of usage limits by rule; missing rules are unused
 * @param codeUsages the usage of stored codes, by {@link Code#key()}
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

  /** The maximum number of codes. */
  public static final int MAX_CODES = 20;

  private static final SequencedSet<Code> NO_CODES =
      Collections.unmodifiableSequencedSet(new LinkedHashSet<>());

  /** Copies the collections. */
  public PricingRequest {
    codes =
        codes.isEmpty()
            ? NO_CODES
            : Collections.unmodifiableSequencedSet(new LinkedHashSet<>(codes));
    metadata = Map.copyOf(metadata);
    limitCounts = Map.copyOf(limitCounts);
    codeUsages = Map.copyOf(codeUsages);
  }

  /** Creates a request of an anonymous customer at a time. */
  public static PricingRequest of(Cart cart, Instant at) {
    return new PricingRequest(
        cart, new LinkedHashSet<>(), Customer.ANONYMOUS, null, Map.of(), at, Map.of(), Map.of());
  }

  /** Returns the same request for another cart. */
  public PricingRequest withCart(Cart other) {
    return new PricingRequest(
        other, codes, customer, channel, metadata, at, limitCounts, codeUsages);
  }

  /** Returns the counts of the usage limits of a rule. */
  public LimitCounts limitCountsOf(RuleId rule) {
    return limitCounts.getOrDefault(rule, LimitCounts.NONE);
  }
}
