package kassa.adapters.persistence.report;

import kassa.application.port.out.report.SalesLedger.GroupKey;
import kassa.domain.report.RefundsBy;

/**
 * SQL of sales reports. Orders, the units of their lines, and refunds are aggregated separately,
 * because an order has many of them, and because few groups are cheaper to combine than many rows.
 * A sum of bigint is numeric in both databases, so it has no maximum.
 */
final class SalesQueries {

  private static final String SUMS =
      """
      name, currency, sum(orders) as orders, sum(units) as units, sum(gross) as gross,
      sum(discounts) as discounts, sum(net) as net, sum(tax) as tax, sum(refunds) as refunds,
      sum(refunded_tax) as refunded_tax\
      """;

  private static final String BY_ORDER_COUNT = "order by 3 desc, 1, 2 fetch first :limit rows only";

  private static final String NOT_CANCELLED_IN_RANGE =
      "o.placed_at >= :from and o.placed_at < :to and o.status <> 'cancelled'";

  private static final String PERIODS =
      """
      unnest(
        cast(:periods as integer array),
        cast(:starts as timestamp with time zone array),
        cast(:ends as timestamp with time zone array)) as p (period, starts, ends)\
      """;

  private SalesQueries() {}

  /** Sums of ranges of sales buckets. */
  static String byPeriodFromBuckets(RefundsBy refundsBy) {
    String suffix = refundsBy == RefundsBy.REFUND_DATE ? "_by_date" : "";
    return """
    select
      p.period as name, b.currency, sum(b.orders) as orders, sum(b.units) as units,
      sum(b.gross) as gross, sum(b.discounts) as discounts, sum(b.net) as net, sum(b.tax) as tax,
      sum(b.refunds%1$s) as refunds, sum(b.refunded_tax%1$s) as refunded_tax
    from unnest(
      cast(:periods as integer array),
      cast(:starts as bigint array),
      cast(:ends as bigint array)) as p (period, starts, ends)
    join sales_buckets b on b.quarter_hour >= p.starts and b.quarter_hour < p.ends
    group by p.period, b.currency
    """
        .formatted(suffix);
  }

  /** Sums of the orders of ranges of times. */
  static String byPeriodFromOrders(RefundsBy refundsBy) {
    String placed =
        PERIODS
            + " join orders o on o.placed_at >= p.starts and o.placed_at < p.ends"
            + " and o.status <> 'cancelled'";
    String refunds =
        refundsBy == RefundsBy.ORDER_DATE
            ? placed + " join refunds r on r.order_id = o.id"
            : PERIODS
                + " join refunds r on r.refunded_at >= p.starts and r.refunded_at < p.ends"
                + " join orders o on o.id = r.order_id and o.status <> 'cancelled'";
    return sums(
        select("p.period", "o.discount_total", placed)
            + unionOfUnits("p.period", placed, "o.status <> 'cancelled'")
            + unionOfRefunds("p.period", refunds),
        "");
  }

  /** Sums by SKU, customer or rule, the groups with the most orders first. */
  static String byGroup(GroupKey key, RefundsBy refundsBy) {
    String refunded =
        refundsBy == RefundsBy.ORDER_DATE
            ? NOT_CANCELLED_IN_RANGE
            : "r.refunded_at >= :from and r.refunded_at < :to and o.status <> 'cancelled'";
    return switch (key) {
      case SKU -> bySku(refunded);
      case CUSTOMER -> {
        String orders = "orders o where " + NOT_CANCELLED_IN_RANGE;
        yield sums(
            select("o.customer_id", "o.discount_total", orders)
                + unionOfUnits("o.customer_id", "orders o", NOT_CANCELLED_IN_RANGE)
                + unionOfRefunds(
                    "o.customer_id",
                    "refunds r join orders o on o.id = r.order_id where " + refunded),
            BY_ORDER_COUNT);
      }
      case RULE -> {
        String uses = "orders o join redemptions u on u.order_id = o.id";
        yield sums(
            select("u.rule_id", "u.amount", uses + " where " + NOT_CANCELLED_IN_RANGE)
                + unionOfUnits("u.rule_id", uses, NOT_CANCELLED_IN_RANGE)
                + unionOfRefunds(
                    "u.rule_id",
                    "refunds r join orders o on o.id = r.order_id"
                        + " join redemptions u on u.order_id = o.id where "
                        + refunded),
            BY_ORDER_COUNT);
      }
    };
  }

  private static String bySku(String refunded) {
    return sums(
        """
        select
          l.sku as name, o.currency, count(distinct o.id) as orders, sum(l.quantity) as units,
          sum(l.subtotal) as gross, sum(l.discount_total) as discounts,
          sum(l.total - l.tax_total) as net, sum(l.tax_total) as tax,
          cast(0 as numeric(38)) as refunds, cast(0 as numeric(38)) as refunded_tax
        from orders o join order_lines l on l.order_id = o.id
        where %s
        group by l.sku, o.currency
        union all
        select
          l.sku, o.currency, 0, 0, 0, 0, 0, 0,
          sum(l.amount), sum(l.tax)
        from refund_lines l
        join refunds r on r.order_id = l.order_id and r.version = l.version
        join orders o on o.id = l.order_id
        where %s
        group by l.sku, o.currency
        """
            .formatted(NOT_CANCELLED_IN_RANGE, refunded),
        BY_ORDER_COUNT);
  }

  private static String sums(String rows, String order) {
    return "select " + SUMS + " from (\n" + rows + ") s group by name, currency " + order;
  }

  private static String select(String key, String discount, String from) {
    return """
    select
      %1$s as name, o.currency, count(*) as orders, cast(0 as numeric(38, 3)) as units,
      sum(o.subtotal + coalesce(o.shipping_amount, 0)) as gross, sum(%2$s) as discounts,
      sum(o.total - o.tax_total) as net, sum(o.tax_total) as tax,
      cast(0 as numeric(38)) as refunds, cast(0 as numeric(38)) as refunded_tax
    from %3$s
    group by %1$s, o.currency
    """
        .formatted(key, discount, from);
  }

  private static String unionOfUnits(String key, String from, String condition) {
    return """
    union all
    select %1$s, o.currency, 0, sum(l.quantity), 0, 0, 0, 0, 0, 0
    from %2$s join order_lines l on l.order_id = o.id
    where %3$s
    group by %1$s, o.currency
    """
        .formatted(key, from, condition);
  }

  private static String unionOfRefunds(String key, String from) {
    return """
    union all
    select %1$s, o.currency, 0, 0, 0, 0, 0, 0, sum(r.total), sum(r.tax_total)
    from %2$s
    group by %1$s, o.currency
    """
        .formatted(key, from);
  }
}
