package kassa.contract.memory;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import kassa.domain.catalogue.Sku;
import kassa.domain.order.Order;
import kassa.domain.order.OrderFilter;
import kassa.domain.order.OrderSort;
import kassa.domain.order.OrderSortKey;
import kassa.domain.usage.Redemption;
import org.jspecify.annotations.Nullable;

/** Order search of {@link InMemoryStores}: a simple reference implementation without indexes. */
final class InMemoryOrderSearch {

  private InMemoryOrderSearch() {}

  static List<Order> list(
      InMemoryStores stores,
      OrderFilter filter,
      OrderSort sort,
      @Nullable OrderSortKey after,
      int limit) {
    Comparator<OrderSortKey> comparator = comparator(sort);
    return stores.orders.values().stream()
        .filter(order -> matches(stores, order, filter))
        .filter(order -> after == null || comparator.compare(order.sortKey(), after) > 0)
        .sorted(Comparator.comparing(Order::sortKey, comparator))
        .limit(limit)
        .toList();
  }

  private static Comparator<OrderSortKey> comparator(OrderSort sort) {
    Comparator<OrderSortKey> ascending =
        (sort.isByTotal()
                ? Comparator.comparing(OrderSortKey::total)
                : Comparator.comparing(OrderSortKey::placedAt))
            .thenComparing(position -> position.id().value());
    return sort.isDescending() ? ascending.reversed() : ascending;
  }

  private static boolean matches(InMemoryStores stores, Order order, OrderFilter filter) {
    return (filter.customer() == null || filter.customer().equals(order.customer()))
        && (filter.statuses().isEmpty() || filter.statuses().contains(order.status()))
        && (filter.placed().from() == null || !order.placedAt().isBefore(filter.placed().from()))
        && (filter.placed().to() == null || order.placedAt().isBefore(filter.placed().to()))
        && (filter.total().min() == null || total(order).compareTo(filter.total().min()) >= 0)
        && (filter.total().max() == null || total(order).compareTo(filter.total().max()) <= 0)
        && (filter.total().currency() == null
            || filter.total().currency().equals(order.price().currency()))
        && (filter.sku() == null || skus(order).contains(filter.sku()))
        && (filter.code() == null
            || redemptions(stores, order).stream()
                .anyMatch(redemption -> filter.code().equals(redemption.code())))
        && (filter.rule() == null
            || redemptions(stores, order).stream()
                .anyMatch(redemption -> filter.rule().equals(redemption.rule())))
        && (filter.text() == null
            || containsText(order, filter.text())
            || (filter.textCustomer() != null && filter.textCustomer().equals(order.customer())));
  }

  private static boolean containsText(Order order, String text) {
    return Long.toString(order.number().value()).equals(text)
        || (order.customer() != null && order.customer().value().equals(text))
        || skus(order).stream().anyMatch(sku -> sku.value().startsWith(text));
  }

  private static BigDecimal total(Order order) {
    return order.sortKey().total();
  }

  private static List<Sku> skus(Order order) {
    return order.price().lines().stream().map(line -> line.line().sku()).toList();
  }

  private static List<Redemption> redemptions(InMemoryStores stores, Order order) {
    return stores.storedUsages.stream()
        .filter(use -> Objects.equals(use.order(), order.id()))
        .map(InMemoryStores.StoredUsage::redemption)
        .toList();
  }
}
