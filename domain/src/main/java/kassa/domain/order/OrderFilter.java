package kassa.domain.order;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.Currency;
import java.util.EnumSet;
import java.util.Set;
import kassa.domain.catalogue.Sku;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;

/**
 * Which orders are meant: those that everything applies to that is not {@code null}.
 *
 * @param customer who bought
 * @param statuses how far they have come; any if there is none
 * @param placedFrom the first moment at which they were placed
 * @param placedTo the moment before which they were placed
 * @param totalMin the least total, as a number of the major unit, whatever the currency
 * @param totalMax the greatest total
 * @param currency their currency
 * @param sku what one of their lines is
 * @param code the code that one of their discounts came by
 * @param rule a rule that they used
 * @param text the number, the customer, or how a sku begins; 1 to {@value #MAX_TEXT_LENGTH}
 *     characters
 */
public record OrderFilter(
    @Nullable CustomerId customer,
    Set<OrderStatus> statuses,
    @Nullable Instant placedFrom,
    @Nullable Instant placedTo,
    @Nullable BigDecimal totalMin,
    @Nullable BigDecimal totalMax,
    @Nullable Currency currency,
    @Nullable Sku sku,
    @Nullable Code code,
    @Nullable RuleId rule,
    @Nullable String text) {

  /** The longest text that is looked for, in characters. */
  public static final int MAX_TEXT_LENGTH = 64;

  /** All orders. */
  public static final OrderFilter ALL =
      new OrderFilter(null, Set.of(), null, null, null, null, null, null, null, null, null);

  public OrderFilter {
    EnumSet<OrderStatus> ordered = EnumSet.noneOf(OrderStatus.class);
    ordered.addAll(statuses);
    statuses = Collections.unmodifiableSet(ordered);
  }

  /** The same, of the orders of one customer. */
  public OrderFilter forCustomer(CustomerId customer) {
    return new OrderFilter(
        customer,
        statuses,
        placedFrom,
        placedTo,
        totalMin,
        totalMax,
        currency,
        sku,
        code,
        rule,
        text);
  }
}
