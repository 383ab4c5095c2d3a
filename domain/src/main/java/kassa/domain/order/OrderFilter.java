package kassa.domain.order;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.Currency;
import java.util.EnumSet;
import java.util.Set;
import kassa.domain.catalogue.Sku;
import kassa.domain.identity.EmailAddress;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;

/**
 * Filter of an order search. All criteria that are not {@code null} must match.
 *
 * @param customer the customer
 * @param statuses the statuses; empty for any status
 * @param placed the time of placement
 * @param total the total of the order
 * @param sku the sku of at least one line
 * @param code the code of at least one discount
 * @param rule a rule that the order used
 * @param text the order number, the customer id, or the prefix of a sku; 1 to {@value
 *     #MAX_TEXT_LENGTH} characters
 * @param textCustomer the customer whose email address the text is; orders match the text if it
 *     matches them or if they are orders of this customer
 */
public record OrderFilter(
    @Nullable CustomerId customer,
    Set<OrderStatus> statuses,
    Period placed,
    Total total,
    @Nullable Sku sku,
    @Nullable Code code,
    @Nullable RuleId rule,
    @Nullable String text,
    @Nullable CustomerId textCustomer) {

  /**
   * Range of time.
   *
   * @param from the start, inclusive; {@code null} for no limit
   * @param to the end, exclusive; {@code null} for no limit
   */
  public record Period(@Nullable Instant from, @Nullable Instant to) {

    /** Any time. */
    public static final Period ANY = new Period(null, null);
  }

  /**
   * Range of totals.
   *
   * @param min the minimum in the major unit, compared as a number in any currency; {@code null}
   *     for no limit
   * @param max the maximum; {@code null} for no limit
   * @param currency the currency; {@code null} for any currency
   */
  public record Total(
      @Nullable BigDecimal min, @Nullable BigDecimal max, @Nullable Currency currency) {

    /** Any total. */
    public static final Total ANY = new Total(null, null, null);
  }

  /** The maximum length of the search text, in characters: it may be an email address. */
  public static final int MAX_TEXT_LENGTH = EmailAddress.MAX_LENGTH;

  /** Matches all orders. */
  public static final OrderFilter ALL =
      new OrderFilter(null, Set.of(), Period.ANY, Total.ANY, null, null, null, null, null);

  /** Copies the statuses. */
  public OrderFilter {
    EnumSet<OrderStatus> ordered = EnumSet.noneOf(OrderStatus.class);
    ordered.addAll(statuses);
    statuses = Collections.unmodifiableSet(ordered);
  }

  /** Returns the same filter for the orders of one customer. */
  public OrderFilter forCustomer(CustomerId customer) {
    return new OrderFilter(customer, statuses, placed, total, sku, code, rule, text, textCustomer);
  }

  /** Returns the same filter with the customer whose email address the text is. */
  public OrderFilter withTextCustomer(CustomerId textCustomer) {
    return new OrderFilter(customer, statuses, placed, total, sku, code, rule, text, textCustomer);
  }
}
