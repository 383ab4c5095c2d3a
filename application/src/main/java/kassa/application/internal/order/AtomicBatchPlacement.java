package kassa.application.internal.order;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import kassa.application.idempotency.Execution;
import kassa.application.idempotency.IdempotencyKey;
import kassa.application.idempotency.IdempotencyKeyTakenException;
import kassa.application.idempotency.IdempotencyRecord;
import kassa.application.idempotency.IdempotentRequest;
import kassa.application.internal.idempotency.IdempotencyService;
import kassa.application.port.in.order.PlaceOrder.Command;
import kassa.application.port.in.order.PlaceOrder.Outcome;
import kassa.application.port.in.order.PlaceOrderBatch.Result;
import kassa.application.port.out.order.OrderStore;
import kassa.application.port.out.order.OrderStore.AtomicInsertResult;
import kassa.application.port.out.order.OrderStore.OrderInsert;
import kassa.application.telemetry.Counter;
import kassa.application.telemetry.Telemetry;
import kassa.domain.order.NewOrder;
import kassa.domain.order.Order;
import kassa.domain.usage.UsageCounter;
import org.jspecify.annotations.Nullable;

/**
 * Places a batch of orders atomically: all or none.
 *
 * <p>Two batches with common idempotency keys do not refuse each other: each starts its keys in the
 * same order and waits for those that are in progress. One places its orders, and they are replayed
 * to the other.
 */
public final class AtomicBatchPlacement {

  /**
   * The maximum number of lines and discounts of all orders together. They are written in one
   * transaction, and on H2 other orders wait for it.
   */
  public static final int MAX_ROWS = 15_000;

  /**
   * The attempts after which an exceeded limit refuses the batch. In a second attempt the price
   * leaves out a discount whose limit concurrent orders have used up.
   */
  private static final int MAX_LIMIT_ATTEMPTS = 3;

  private static final int NONE = -1;

  private final OrderStore orders;
  private final IdempotencyService idempotency;
  private final PlaceOrderService placeOrder;
  private final Duration maxWait;
  private final Telemetry telemetry;

  /**
   * @param maxWait the maximum wait for the same requests in progress
   */
  public AtomicBatchPlacement(
      OrderStore orders,
      IdempotencyService idempotency,
      PlaceOrderService placeOrder,
      Duration maxWait,
      Telemetry telemetry) {
    this.orders = orders;
    this.idempotency = idempotency;
    this.placeOrder = placeOrder;
    this.maxWait = maxWait;
    this.telemetry = telemetry;
  }

  /**
   * Places all orders in one transaction, or none. Retries when a concurrent order used up a limit
   * or some of the requests were completed before.
   */
  public List<Result> place(List<Command> commands) {
    List<Result> results = placeAll(commands);
    results.forEach(this::count);
    return results;
  }

  /** Counts the outcome of an order, unless it is replayed. */
  private void count(Result result) {
    if (result instanceof Result.Processed(Execution.Completed(Outcome outcome, boolean replayed))
        && !replayed) {
      telemetry.count(OutcomeCounter.of(outcome));
    }
  }

  private List<Result> placeAll(List<Command> commands) {
    Map<IdempotencyKey, IdempotentRequest> requests = requests(commands);
    Map<IdempotencyKey, IdempotencyRecord> stored = Map.of();
    int exceededLimits = 0;
    for (int count = 0; count < OrderPricing.MAX_ATTEMPTS; count++) {
      try (Attempt attempt = new Attempt(commands, stored)) {
        attempt.begin(requests.values());
        attempt.price();
        if (attempt.isRefused()) {
          // The effect of the same request on another node can be the cause of the refusal.
          Map<IdempotencyKey, IdempotencyRecord> found = findStored(requests);
          if (found.keySet().equals(stored.keySet())) {
            return attempt.refusals();
          }
          stored = found;
        } else {
          switch (orders.insertAtomically(attempt.inserts)) {
            case AtomicInsertResult.Inserted(List<Order> inserted) -> {
              return attempt.results(inserted);
            }
            case AtomicInsertResult.LimitExceeded(int index, UsageCounter counter) -> {
              telemetry.count(Counter.LIMIT_REFUSALS);
              exceededLimits++;
              if (exceededLimits == MAX_LIMIT_ATTEMPTS) {
                return attempt.refusals(index, new Outcome.LimitExhausted(counter));
              }
            }
          }
        }
      } catch (IdempotencyKeyTakenException taken) {
        stored = findStored(requests);
      }
    }
    return Collections.nCopies(
        commands.size(), new Result.Processed(completed(new Outcome.ConcurrentModification())));
  }

  /** Returns the first request of each key in the order of the keys. */
  private static Map<IdempotencyKey, IdempotentRequest> requests(List<Command> commands) {
    Map<IdempotencyKey, IdempotentRequest> requests = new TreeMap<>();
    for (Command command : commands) {
      IdempotentRequest request = command.request();
      if (request != null) {
        requests.putIfAbsent(request.key(), request);
      }
    }
    return requests;
  }

  private Map<IdempotencyKey, IdempotencyRecord> findStored(
      Map<IdempotencyKey, IdempotentRequest> requests) {
    Map<IdempotencyKey, IdempotencyRecord> stored = new HashMap<>();
    for (IdempotencyKey key : requests.keySet()) {
      idempotency.find(key).ifPresent(found -> stored.put(key, found));
    }
    return stored;
  }

  private static Execution<Outcome> completed(Outcome outcome) {
    return new Execution.Completed<>(outcome, false);
  }

  /** One attempt to place the batch. */
  private final class Attempt implements AutoCloseable {

    private final List<Command> commands;
    private final Map<IdempotencyKey, IdempotencyRecord> stored;

    /** The keys in progress, and why the first of the other keys is not. */
    private final Map<IdempotencyKey, Optional<Execution<Outcome>>> begun = new HashMap<>();

    /** The known execution of each order; null if it is placed or repeats another one. */
    private final List<@Nullable Execution<Outcome>> executions = new ArrayList<>();

    /** The first order with the same key and content, of each that repeats it. */
    private final Map<Integer, Integer> firstOfRepeated = new HashMap<>();

    private final List<OrderInsert> inserts = new ArrayList<>();

    /** The index of the order of each insert. */
    private final List<Integer> insertIndexes = new ArrayList<>();

    /** The order with which the batch has more than {@link #MAX_ROWS} rows, or {@link #NONE}. */
    private int tooLargeIndex = NONE;

    private Attempt(List<Command> commands, Map<IdempotencyKey, IdempotencyRecord> stored) {
      this.commands = commands;
      this.stored = stored;
      commands.forEach(command -> executions.add(null));
    }

    /** Begins the requests in the order of their keys, so that batches cannot block each other. */
    void begin(Iterable<IdempotentRequest> requests) {
      for (IdempotentRequest request : requests) {
        Optional<Execution<Outcome>> refusal = idempotency.begin(request, maxWait);
        begun.put(request.key(), refusal);
        if (refusal.isPresent()) {
          return;
        }
      }
    }

    /** Prices the orders that are not completed yet, and collects the refusals. */
    void price() {
      Map<IdempotencyKey, Integer> firstIndexes = new HashMap<>();
      int rows = 0;
      for (int index = 0; index < commands.size() && rows <= MAX_ROWS; index++) {
        IdempotentRequest request = commands.get(index).request();
        Integer first = request == null ? null : firstIndexes.putIfAbsent(request.key(), index);
        if (request != null && first != null) {
          repeat(index, first, request);
        } else if (request == null || isNew(index, request)) {
          rows += price(index, commands.get(index));
          tooLargeIndex = rows > MAX_ROWS ? index : NONE;
        }
      }
    }

    /** Returns whether a request can be executed; otherwise its execution is set, if known. */
    private boolean isNew(int index, IdempotentRequest request) {
      Optional<Execution<Outcome>> refusal = begun.get(request.key());
      IdempotencyRecord completed = stored.get(request.key());
      if (refusal == null || refusal.isPresent()) {
        executions.set(index, refusal == null ? null : refusal.get());
        return false;
      }
      if (completed != null) {
        executions.set(
            index,
            IdempotencyService.toExecution(
                completed, request, same -> IdempotentPlaceOrder.replay(orders, same)));
      }
      return completed == null;
    }

    private void repeat(int index, int first, IdempotentRequest request) {
      requireNonNull(commands.get(first).request())
          .difference(request)
          .ifPresentOrElse(
              difference -> executions.set(index, new Execution.KeyReused<>(difference)),
              () -> firstOfRepeated.put(index, first));
    }

    /** Returns the number of rows of the priced order. */
    private int price(int index, Command command) {
      return switch (placeOrder.price(command)) {
        case OrderPricing.Result.Refused(Outcome refusal) -> {
          executions.set(index, completed(refusal));
          yield 0;
        }
        case OrderPricing.Result.Priced(NewOrder order) -> {
          inserts.add(PlaceOrderService.toInsert(order, command));
          insertIndexes.add(index);
          yield order.price().rowCount();
        }
      };
    }

    boolean isRefused() {
      return tooLargeIndex != NONE
          || begun.values().stream().anyMatch(Optional::isPresent)
          || executions.stream().anyMatch(each -> each != null && !each.isReplay());
    }

    /** Returns the results of a refused batch. */
    List<Result> refusals() {
      List<Result> results = new ArrayList<>(executions.size());
      for (Execution<Outcome> execution : executions) {
        results.add(
            execution == null ? new Result.BatchAborted() : new Result.Processed(execution));
      }
      if (tooLargeIndex != NONE) {
        results.set(tooLargeIndex, new Result.BatchTooLarge(MAX_ROWS));
      }
      return results;
    }

    /** Returns the results of a batch that is refused because of one of its inserts. */
    List<Result> refusals(int insertIndex, Outcome outcome) {
      executions.set(insertIndexes.get(insertIndex), completed(outcome));
      return refusals();
    }

    /** Returns the results of a placed batch. */
    List<Result> results(List<Order> inserted) {
      for (int i = 0; i < inserted.size(); i++) {
        executions.set(insertIndexes.get(i), completed(new Outcome.Placed(inserted.get(i))));
      }
      firstOfRepeated.forEach((index, first) -> executions.set(index, repeated(first)));
      return refusals();
    }

    private Execution<Outcome> repeated(int first) {
      Execution<Outcome> execution = requireNonNull(executions.get(first));
      return execution instanceof Execution.Completed(Outcome outcome, _)
          ? new Execution.Completed<>(outcome, true)
          : execution;
    }

    @Override
    public void close() {
      begun.forEach((key, refusal) -> {
        if (refusal.isEmpty()) {
          idempotency.end(key);
        }
      });
    }
  }
}
