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
import kassa.contract.memory.InMemoryStores.StoredUsage;
import kassa.domain.money.Money;
import kassa.domain.money.MoneySum;
import kassa.domain.order.Order;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderStatus;
import kassa.domain.order.Refund;
import kassa.domain.pricing.PricedCart;
import kassa.domain.pricing.PricedLine;
import kassa.domain.report.RefundsBy;
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
    private MoneySum gross;
    private MoneySum discounts;
    private MoneySum net;
    private MoneySum tax;
    private MoneySum refunds;
    private MoneySum refundedTax;

    Sums(Currency currency) {
      gross = MoneySum.zero(currency);
      discounts = gross;
      net = gross;
      tax = gross;
      refunds = gross;
      refundedTax = gross;
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
      net = net.plus(price.total().minus(price.taxTotal()));
      tax = tax.plus(price.taxTotal());
    }

    void add(Order order, PricedLine line) {
      orders.add(order.id());
      units = units.add(line.line().quantity().toBigDecimal());
      gross = gross.plus(line.subtotal());
      discounts = discounts.plus(line.discountTotal());
      net = net.plus(line.total().minus(line.taxTotal()));
      tax = tax.plus(line.taxTotal());
    }

    void addRefund(Money amount, Money taxInAmount) {
      refunds = refunds.plus(amount);
      refundedTax = refundedTax.plus(taxInAmount);
    }

    SalesFigures figures() {
      return new SalesFigures(
          orders.size(), units, gross, discounts, net, tax, refunds, refundedTax);
    }
  }

  @Override
  public List<PeriodSales> listByPeriod(List<Instant> bounds, RefundsBy refundsBy) {
    List<PeriodSales> found = new ArrayList<>();
    for (int i = 0; i + 1 < bounds.size(); i++) {
      int period = i;
      sums(
              bounds.get(i),
              bounds.get(i + 1),
              refundsBy,
              (order, sums) -> of(sums, null, order).add(order, order.price().discountTotal()),
              (order, refund, sums) ->
                  of(sums, null, order).addRefund(refund.total(), refund.tax()))
          .entrySet()
          .stream()
          .sorted(Comparator.comparing(entry -> entry.getKey().currency().getCurrencyCode()))
          .forEach(entry -> found.add(new PeriodSales(period, entry.getValue().figures())));
    }
    return found;
  }

  @Override
  public List<GroupSales> listByGroup(
      GroupKey key, Instant from, Instant to, RefundsBy refundsBy, int max) {
    return sums(
            from,
            to,
            refundsBy,
            switch (key) {
              case SKU -> this::addToSkus;
              case CUSTOMER ->
                  (order, sums) ->
                      of(sums, customer(order), order).add(order, order.price().discountTotal());
              case RULE -> this::addToRules;
            },
            switch (key) {
              case SKU ->
                  (order, refund, sums) ->
                      refund
                          .lines()
                          .forEach(line ->
                              of(sums, line.sku().value(), order)
                                  .addRefund(line.amount(), line.tax()));
              case CUSTOMER ->
                  (order, refund, sums) ->
                      of(sums, customer(order), order).addRefund(refund.total(), refund.tax());
              case RULE ->
                  (order, refund, sums) ->
                      usesOf(order)
                          .forEach(use ->
                              of(sums, use.redemption().rule().toString(), order)
                                  .addRefund(refund.total(), refund.tax()));
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
  }

  private void addToRules(Order order, Map<Group, Sums> sums) {
    usesOf(order)
        .forEach(use ->
            of(sums, use.redemption().rule().toString(), order)
                .add(order, use.redemption().amount()));
  }

  private Stream<StoredUsage> usesOf(Order order) {
    return stores.storedUsages.stream().filter(use -> use.order().equals(order.id()));
  }

  private static @Nullable String customer(Order order) {
    return order.customer() == null ? null : order.customer().value();
  }

  private static Sums of(Map<Group, Sums> sums, @Nullable String key, Order order) {
    Currency currency = order.price().currency();
    return sums.computeIfAbsent(new Group(key, currency), group -> new Sums(currency));
  }

  /** Adds a refund to the groups of its order. */
  private interface RefundAdder {

    void add(Order order, Refund refund, Map<Group, Sums> sums);
  }

  private Map<Group, Sums> sums(
      Instant from,
      Instant to,
      RefundsBy refundsBy,
      BiConsumer<Order, Map<Group, Sums>> orderAdder,
      RefundAdder refundAdder) {
    synchronized (stores) {
      stores.requireAvailable();
      Map<Group, Sums> sums = new LinkedHashMap<>();
      for (Order order : stores.orders.values()) {
        if (order.status() == OrderStatus.CANCELLED) {
          continue;
        }
        boolean placed = isWithin(order.placedAt(), from, to);
        if (placed) {
          orderAdder.accept(order, sums);
        }
        for (Refund refund : stores.refunds.getOrDefault(order.id(), List.of())) {
          if (refundsBy == RefundsBy.ORDER_DATE ? placed : isWithin(refund.at(), from, to)) {
            refundAdder.add(order, refund, sums);
          }
        }
      }
      return sums;
    }
  }

  private static boolean isWithin(Instant at, Instant from, Instant to) {
    return !at.isBefore(from) && at.isBefore(to);
  }
}
