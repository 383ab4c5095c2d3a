package kassa.domain.webhook;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.Money;
import kassa.domain.order.OrderStatus;
import org.jspecify.annotations.Nullable;

/**
 * Selects orders: all given conditions must hold. A filter without a condition selects everything.
 *
 * @param statuses the order has one of these statuses; empty for any
 * @param minTotal the order has this currency, and a total that is not below; {@code null} for any
 * @param sku a line of the order has this SKU; {@code null} for any
 * @param channel the order has this channel; {@code null} for any
 */
public record WebhookFilter(
    Set<OrderStatus> statuses,
    @Nullable Money minTotal,
    @Nullable Sku sku,
    @Nullable String channel) {

  /** The filter without a condition. */
  public static final WebhookFilter NONE = new WebhookFilter(Set.of(), null, null, null);

  /** The maximum length of a channel, in characters. */
  public static final int MAX_CHANNEL_LENGTH = 64;

  /** Copies the statuses. */
  public WebhookFilter {
    EnumSet<OrderStatus> copy = EnumSet.noneOf(OrderStatus.class);
    copy.addAll(statuses);
    statuses = Collections.unmodifiableSet(copy);
  }

  /** Whether the filter has no condition. */
  public boolean isEmpty() {
    return statuses.isEmpty() && minTotal == null && sku == null && channel == null;
  }

  /**
   * Returns whether the filter selects an event.
   *
   * @param order the order of the event; {@code null} if the event is of something else, which only
   *     the empty filter selects
   */
  public boolean matches(@Nullable OrderFacts order) {
    return isEmpty() || (order != null && matchesOrder(order));
  }

  private boolean matchesOrder(OrderFacts order) {
    return (statuses.isEmpty() || statuses.contains(order.status()))
        && (minTotal == null || isAtLeast(order.total(), minTotal))
        && (sku == null || order.skus().contains(sku))
        && (channel == null || channel.equals(order.channel()));
  }

  private static boolean isAtLeast(Money total, Money min) {
    return total.currency().equals(min.currency()) && total.minorUnits() >= min.minorUnits();
  }

  /**
   * What a filter needs to know of an order, at the version of the event.
   *
   * @param status the status
   * @param total the total
   * @param skus the SKUs of the lines
   * @param channel the channel; {@code null} if none was given
   */
  public record OrderFacts(
      OrderStatus status, Money total, Set<Sku> skus, @Nullable String channel) {

    /** Copies the SKUs. */
    public OrderFacts {
      skus = Set.copyOf(skus);
    }
  }
}
