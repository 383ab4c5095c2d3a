package kassa.adapters.persistence.usage;

import static kassa.adapters.persistence.jdbc.SqlValues.executeBatch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import kassa.domain.order.NewOrder;
import kassa.domain.usage.LimitReservation;
import kassa.domain.usage.UsageCounter;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Reserves usage limits for a group of orders, within its transaction. Counters are updated in
 * their natural order, which prevents deadlocks. See docs/decisions/0061.
 */
public final class LimitReservationWriter {

  static final String RESERVE_WITHIN_LIMIT =
      "update rule_usage_counters set used = used + :amount "
          + LimitCounterWriter.WHERE_COUNTER
          + " and used + :amount <= :limit";

  private static final String RESERVE =
      "update rule_usage_counters set used = used + :amount " + LimitCounterWriter.WHERE_COUNTER;

  /** An update, because only updates lock rows in a known order on both databases. */
  private static final String LOCK =
      "update rule_usage_counters set used = used " + LimitCounterWriter.WHERE_COUNTER;

  private LimitReservationWriter() {}

  /**
   * Reserves the limits of all orders.
   *
   * @return whether all limits allow all orders; if not, the transaction must be rolled back
   */
  public static boolean reserveAll(Handle handle, List<NewOrder> orders) {
    SortedMap<UsageCounter, LimitReservation> merged = new TreeMap<>();
    for (NewOrder order : orders) {
      for (LimitReservation reservation : order.reservations()) {
        merged.merge(reservation.counter(), reservation, LimitReservationWriter::merge);
      }
    }
    PreparedBatch batch = handle.prepareBatch(RESERVE_WITHIN_LIMIT);
    merged.forEach((counter, reservation) ->
        LimitCounterWriter.bind(batch, counter)
            .bind("amount", reservation.amount())
            .bind("limit", reservation.limit())
            .add());
    return IntStream.of(executeBatch(batch)).allMatch(rows -> rows == 1);
  }

  private static LimitReservation merge(LimitReservation one, LimitReservation other) {
    return new LimitReservation(
        one.counter(),
        Math.addExact(one.amount(), other.amount()),
        Math.min(one.limit(), other.limit()));
  }

  /**
   * Reserves the limits order by order: all limits of an order or none.
   *
   * @return for each order the first counter whose limit is exceeded, if any; empty if a counter
   *     must be created first, and the transaction must be rolled back then
   */
  public static Optional<List<Optional<UsageCounter>>> reserveEach(
      Handle handle, List<NewOrder> orders) {
    SortedMap<UsageCounter, Long> reserved = new TreeMap<>();
    orders.forEach(order ->
        order.reservations().forEach(reservation -> reserved.put(reservation.counter(), 0L)));
    if (!lock(handle, reserved)) {
      return Optional.empty();
    }
    Map<UsageCounter, Long> used =
        new HashMap<>(LimitCounterReader.findStored(handle, reserved.keySet()));
    List<Optional<UsageCounter>> exceededCounters = new ArrayList<>();
    for (NewOrder order : orders) {
      Optional<UsageCounter> exceeded =
          order.reservations().stream()
              .filter(reservation ->
                  used.getOrDefault(reservation.counter(), 0L) + reservation.amount()
                      > reservation.limit())
              .map(LimitReservation::counter)
              .findFirst();
      if (exceeded.isEmpty()) {
        for (LimitReservation reservation : order.reservations()) {
          used.merge(reservation.counter(), reservation.amount(), Long::sum);
          reserved.merge(reservation.counter(), reservation.amount(), Long::sum);
        }
      }
      exceededCounters.add(exceeded);
    }
    PreparedBatch batch = handle.prepareBatch(RESERVE);
    reserved.forEach((counter, amount) -> {
      if (amount > 0) {
        LimitCounterWriter.bind(batch, counter).bind("amount", amount).add();
      }
    });
    executeBatch(batch);
    return Optional.of(exceededCounters);
  }

  private static boolean lock(Handle handle, SortedMap<UsageCounter, Long> counters) {
    PreparedBatch batch = handle.prepareBatch(LOCK);
    counters.keySet().forEach(counter -> LimitCounterWriter.bind(batch, counter).add());
    return IntStream.of(executeBatch(batch)).allMatch(rows -> rows == 1);
  }
}
