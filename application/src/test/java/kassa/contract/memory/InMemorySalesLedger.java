package kassa.contract.memory;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import kassa.application.port.out.report.SalesLedger;
import kassa.domain.money.Money;
import kassa.domain.order.Order;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderStatus;
import kassa.domain.order.Refund;
import kassa.domain.pricing.PricedCart;
import kassa.domain.pricing.PricedLine;
import kassa.domain.report.SalesFigures;
import org.jspecify.annotations.Nullable;

/** In-memory sales ledger of {@link InMemoryStores}: a simple reference implementation. */
public final class InMemorySalesLedger implements SalesLedger {

  private final InMemoryStores stores;

  InMemorySalesLedger(InMemoryStores stores) {
    this.stores = stores;
  }

  private record Group(@Nullable String key, Currency currency) {}

  /** Sums of one group. */
  private static final class Sums {

    private final Set<OrderId> orders = new HashSet<>();
    private BigDecimal units = BigDecimal.ZERO;
    private Money gross;
    private Money discounts;
    private Money net;
    private Money tax;
    private Money refunds;

    Sums(Currency currency) {
      gross = Money.zero(currency);
      discounts = gross;
      net = gross;
      tax = gross;
      refunds = gross;
    }

    void add(Order order, Money discount) {
      PricedCart price = order.price();
      orders.add(order.id());
      price.lines().forEach(line -> units = units.add(line.line().quantity().toBigDecimal()));
      gross = gross.plus(price.subtotal());
      if (price.shipping() != null) {
        gross = gross.plus(price.shipping().shipping().amount());
      }
      discounts = discounts.plus(discount);
      net = net.plus(price.total()).minus(price.taxTotal());
      tax = tax.plus(price.taxTotal());
      refunds = refunds.plus(order.refundedTotal());
    }

    void add(Order order, PricedLine line) {
      orders.add(order.id());
      units = units.add(line.line().quantity().toBigDecimal());
      gross = gross.plus(line.subtotal());
      discounts = discounts.plus(line.discountTotal());
      net = net.plus(line.total()).minus(line.taxTotal());
      tax = tax.plus(line.taxTotal());
    }

    void add(Refund.Line line) {
      refunds = refunds.plus(line.amount());
    }

    SalesFigures figures() {
      return new SalesFigures(orders.size(), units, gross, discounts, net, tax, refunds);
    }
  }

  @Override
  public List<PeriodSales> listByPeriod(List<Instant> bounds) {
    List<PeriodSales> found = new ArrayList<>();
    for (int i = 0; i + 1 < bounds.size(); i++) {
      int period = i;
      sums(
              bounds.get(i),
              bounds.get(i + 1),
              (order, sums) -> of(sums, null, order).add(order, order.price().discountTotal()))
          .entrySet()
          .stream()
          .sorted(Comparator.comparing(entry -> entry.getKey().currency().getCurrencyCode()))
          .forEach(entry -> found.add(new PeriodSales(period, entry.getValue().figures())));
    }
    return found;
  }

  @Override
  public List<GroupSales> listByGroup(GroupKey key, Instant from, Instant to, int max) {
    return sums(
            from,
            to,
            switch (key) {
              case SKU -> this::addToSkus;
              case CUSTOMER ->
                  (order, sums) ->
                      of(sums, order.customer() == null ? null : order.customer().value(), order)
                          .add(order, order.price().discountTotal());
              case RULE -> this::addToRules;
            })
        .entrySet()
        .stream()
        .map(entry -> new GroupSales(entry.getKey().key(), entry.getValue().figures()))
        .sorted(
            Comparator.comparingLong((GroupSales sales) -> -sales.figures().orders())
                .thenComparing(GroupSales::key, Comparator.nullsFirst(Comparator.naturalOrder()))
                .thenComparing(sales -> sales.figures().gross().currency().getCurrencyCode()))
        .limit(max)
        .toList();
  }

  private void addToSkus(Order order, Map<Group, Sums> sums) {
    for (PricedLine line : order.price().lines()) {
      of(sums, line.line().sku().value(), order).add(order, line);
    }
    for (Refund refund : stores.refunds.getOrDefault(order.id(), List.of())) {
      refund.lines().forEach(line -> of(sums, line.sku().value(), order).add(line));
    }
  }

  private void addToRules(Order order, Map<Group, Sums> sums) {
    stores.storedUsages.stream()
        .filter(use -> use.order().equals(order.id()))
        .forEach(use ->
            of(sums, use.redemption().rule().toString(), order)
                .add(order, use.redemption().amount()));
  }

  private static Sums of(Map<Group, Sums> sums, @Nullable String key, Order order) {
    Currency currency = order.price().currency();
    return sums.computeIfAbsent(new Group(key, currency), group -> new Sums(currency));
  }

  private Map<Group, Sums> sums(
      Instant from, Instant to, BiConsumer<Order, Map<Group, Sums>> adding) {
    synchronized (stores) {
      stores.requireAvailable();
      Map<Group, Sums> sums = new LinkedHashMap<>();
      sold(from, to).forEach(order -> adding.accept(order, sums));
      return sums;
    }
  }

  private Stream<Order> sold(Instant from, Instant to) {
    return stores.orders.values().stream()
        .filter(order -> order.status() != OrderStatus.CANCELLED)
        .filter(order -> !order.placedAt().isBefore(from) && order.placedAt().isBefore(to));
  }
}
