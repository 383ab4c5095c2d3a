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
 * Takes what orders claim of limits, for a whole group of them and within its transaction. Every
 * counter is touched in the natural order of counters. See docs/decisions/0061.
 */
public final class LimitReservationWriter {

  static final String RESERVE_WITHIN_LIMIT =
      "update rule_usage_counters set used = used + :amount "
          + LimitCounterWriter.WHERE_COUNTER
          + " and used + :amount <= :limit";

  private static final String RESERVE =
      "update rule_usage_counters set used = used + :amount " + LimitCounterWriter.WHERE_COUNTER;

  /** Only an update locks rows in an order that is known, on both databases. */
  private static final String LOCK =
      "update rule_usage_counters set used = used " + LimitCounterWriter.WHERE_COUNTER;

  private LimitReservationWriter() {}

  /**
   * Takes all that the orders claim if every limit allows it for all of them.
   *
   * @return whether it did; if not, the transaction has to be rolled back
   */
  public static boolean reserveAll(Handle handle, List<NewOrder> orders) {
    SortedMap<UsageCounter, LimitReservation> merged = new TreeMap<>();
    for (NewOrder order : orders) {
      for (LimitReservation claim : order.reservations()) {
        merged.merge(claim.counter(), claim, LimitReservationWriter::merge);
      }
    }
    PreparedBatch batch = handle.prepareBatch(RESERVE_WITHIN_LIMIT);
    merged.forEach((counter, claim) ->
        LimitCounterWriter.bind(batch, counter)
            .bind("amount", claim.amount())
            .bind("limit", claim.limit())
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
   * Takes what the orders claim, one order after the other: all that one claims, or nothing of it.
   *
   * @return for each order the first counter that refused it, if one did; nothing at all if a
   *     counter has to be made first: then the transaction has to be rolled back
   */
  public static Optional<List<Optional<UsageCounter>>> reserveEach(
      Handle handle, List<NewOrder> orders) {
    SortedMap<UsageCounter, Long> reserved = new TreeMap<>();
    orders.forEach(
        order -> order.reservations().forEach(claim -> reserved.put(claim.counter(), 0L)));
    if (!lock(handle, reserved)) {
      return Optional.empty();
    }
    Map<UsageCounter, Long> used =
        new HashMap<>(LimitCounterReader.findStored(handle, reserved.keySet()));
    List<Optional<UsageCounter>> exceededCounters = new ArrayList<>();
    for (NewOrder order : orders) {
      Optional<UsageCounter> exceeded =
          order.reservations().stream()
              .filter(
                  claim -> used.getOrDefault(claim.counter(), 0L) + claim.amount() > claim.limit())
              .map(LimitReservation::counter)
              .findFirst();
      if (exceeded.isEmpty()) {
        for (LimitReservation claim : order.reservations()) {
          used.merge(claim.counter(), claim.amount(), Long::sum);
          reserved.merge(claim.counter(), claim.amount(), Long::sum);
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
