package kassa.adapters.persistence.order;

import static kassa.adapters.persistence.jdbc.SqlValues.uuid;

import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import kassa.domain.money.Money;
import kassa.domain.order.OrderId;
import kassa.domain.pricing.RuleTrace;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads the pricing trace of one order with two statements: the outcomes, and the discounts. */
public final class PricingTraceReader {

  /** An order without a trace has one row that contains only the currency. */
  public static final String OUTCOMES =
      """
      select o.currency, coalesce(o.pricing_trace, t.trace) as trace
      from orders o
      left join pricing_traces t on t.order_id = o.id
      where o.id = :id
      """;

  /** Shipping has position -1 and comes first; the place of shipping does not matter. */
  public static final String DISCOUNT_SHARES =
      """
      select rule_id, line_position, sum(amount) as amount
      from order_discounts where order_id = :id
      group by rule_id, line_position
      order by rule_id, line_position
      """;

  /** The trace of an order with its currency, not validated. */
  private record TraceRow(String currency, @Nullable String trace) {}

  private PricingTraceReader() {}

  /**
   * Reads the pricing trace of an order; empty if the order does not exist.
   *
   * @throws IllegalStateException if the trace is damaged; the message contains the order id
   */
  static Optional<List<RuleTrace>> find(Handle handle, OrderId id) {
    return handle
        .createQuery(OUTCOMES)
        .bind("id", id.value())
        .map((row, context) -> new TraceRow(row.getString("currency"), row.getString("trace")))
        .findOne()
        .map(row -> row.trace == null ? List.of() : parse(handle, id, row.trace, row.currency));
  }

  private static List<RuleTrace> parse(Handle handle, OrderId id, String trace, String currency) {
    try {
      Currency money = Currency.getInstance(currency);
      RuleDiscountShare none = new RuleDiscountShare(List.of(), Money.zero(money));
      Map<UUID, RuleDiscountShare> shares = discountShares(handle, id, none, money);
      return PricingTraceText.parse(trace, money, rule -> shares.getOrDefault(rule, none));
    } catch (IllegalArgumentException | NullPointerException | IndexOutOfBoundsException damage) {
      throw new IllegalStateException(
          "the pricing trace of order " + id + " is damaged in the database", damage);
    }
  }

  private static Map<UUID, RuleDiscountShare> discountShares(
      Handle handle, OrderId id, RuleDiscountShare none, Currency currency) {
    return handle
        .createQuery(DISCOUNT_SHARES)
        .bind("id", id.value())
        .reduceResultSet(
            new HashMap<>(),
            (byRule, row, context) -> {
              UUID rule = uuid(row, "rule_id");
              int line = row.getInt("line_position");
              Money amount = new Money(row.getLong("amount"), currency);
              byRule.put(rule, byRule.getOrDefault(rule, none).plus(line, amount));
              return byRule;
            });
  }
}
