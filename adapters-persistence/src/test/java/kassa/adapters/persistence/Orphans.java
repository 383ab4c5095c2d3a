package kassa.adapters.persistence;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Rows without what they belong to. There are no foreign keys that would forbid them. */
final class Orphans {

  private static final String SQL =
      """
      select 'line', order_id from order_lines l
      where not exists (select 1 from orders o where o.id = l.order_id)
      union all
      select 'discount', order_id from order_discounts d
      where d.line_position >= 0 and not exists (
        select 1 from order_lines l
        where l.order_id = d.order_id and l.position = d.line_position)
      union all
      select 'shipping discount', order_id from order_discounts d
      where d.line_position < 0 and not exists (
        select 1 from orders o where o.id = d.order_id and o.shipping_amount is not null)
      union all
      select 'trace', order_id from order_traces t
      where not exists (select 1 from orders o where o.id = t.order_id)
      union all
      select 'redemption', order_id from redemptions r
      where not exists (select 1 from orders o where o.id = r.order_id)
      union all
      select 'event', order_id from order_events e
      where not exists (select 1 from orders o where o.id = e.order_id)
      union all
      select 'refund', order_id from refunds r
      where not exists (
        select 1 from order_events e
        where e.order_id = r.order_id and e.version = r.version and e.what = 'refunded')
      union all
      select 'refund line', order_id from refund_lines l
      where not exists (
        select 1 from refunds r where r.order_id = l.order_id and r.version = l.version)
      union all
      select 'order that is not the sum of its refunds', id from orders o
      where o.refunded_total <> (
        select coalesce(sum(r.total), 0) from refunds r where r.order_id = o.id)
      union all
      select 'order without lines', id from orders o
      where not exists (select 1 from order_lines l where l.order_id = o.id)
      """;

  private Orphans() {}

  /** What there is of them in the database at this url, as it was configured. */
  static List<String> in(String url) {
    try (Connection connection = DriverManager.getConnection(Dialect.of(url).url(url));
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(SQL)) {
      List<String> orphans = new ArrayList<>();
      while (rows.next()) {
        orphans.add(rows.getString(1) + " of " + rows.getString(2));
      }
      return orphans;
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
