package kassa.adapters.persistence;

import static kassa.adapters.persistence.SqlValues.execute;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import kassa.domain.order.NewOrder;
import kassa.domain.redemption.Claim;
import kassa.domain.redemption.Counter;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Takes what orders claim of limits, for a whole group of them and within its transaction. Every
 * counter is touched in the natural order of counters. See docs/decisions/0061.
 */
final class ClaimWriter {

  static final String TAKE_WITHIN =
      "update rule_counters set used = used + :amount "
          + CounterWriter.ONE
          + " and used + :amount <= :limit";

  private static final String TAKE =
      "update rule_counters set used = used + :amount " + CounterWriter.ONE;

  /** Only an update locks rows in an order that is known, on both databases. */
  private static final String LOCK = "update rule_counters set used = used " + CounterWriter.ONE;

  private ClaimWriter() {}

  /**
   * Takes all that the orders claim if every limit allows it for all of them.
   *
   * @return whether it did; if not, the transaction has to be rolled back
   */
  static boolean takeAll(Handle handle, List<NewOrder> orders) {
    SortedMap<Counter, Claim> together = new TreeMap<>();
    for (NewOrder order : orders) {
      for (Claim claim : order.claims()) {
        together.merge(claim.counter(), claim, ClaimWriter::both);
      }
    }
    PreparedBatch batch = handle.prepareBatch(TAKE_WITHIN);
    together.forEach((counter, claim) ->
        CounterWriter.bind(batch, counter)
            .bind("amount", claim.amount())
            .bind("limit", claim.limit())
            .add());
    return IntStream.of(execute(batch)).allMatch(rows -> rows == 1);
  }

  private static Claim both(Claim one, Claim other) {
    return new Claim(
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
  static Optional<List<Optional<Counter>>> takeEach(Handle handle, List<NewOrder> orders) {
    SortedMap<Counter, Long> taken = new TreeMap<>();
    orders.forEach(order -> order.claims().forEach(claim -> taken.put(claim.counter(), 0L)));
    if (!lock(handle, taken)) {
      return Optional.empty();
    }
    Map<Counter, Long> used = new HashMap<>(CounterRows.kept(handle, taken.keySet()));
    List<Optional<Counter>> refusals = new ArrayList<>();
    for (NewOrder order : orders) {
      Optional<Counter> refusing =
          order.claims().stream()
              .filter(
                  claim -> used.getOrDefault(claim.counter(), 0L) + claim.amount() > claim.limit())
              .map(Claim::counter)
              .findFirst();
      if (refusing.isEmpty()) {
        for (Claim claim : order.claims()) {
          used.merge(claim.counter(), claim.amount(), Long::sum);
          taken.merge(claim.counter(), claim.amount(), Long::sum);
        }
      }
      refusals.add(refusing);
    }
    PreparedBatch batch = handle.prepareBatch(TAKE);
    taken.forEach((counter, amount) -> {
      if (amount > 0) {
        CounterWriter.bind(batch, counter).bind("amount", amount).add();
      }
    });
    execute(batch);
    return Optional.of(refusals);
  }

  private static boolean lock(Handle handle, SortedMap<Counter, Long> counters) {
    PreparedBatch batch = handle.prepareBatch(LOCK);
    counters.keySet().forEach(counter -> CounterWriter.bind(batch, counter).add());
    return IntStream.of(execute(batch)).allMatch(rows -> rows == 1);
  }
}
