package kassa.adapters.persistence;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import kassa.adapters.persistence.JdbiAnswerStore.KeyTakenException;
import kassa.application.idempotency.IdempotencyKey;
import kassa.application.idempotency.KeptAnswer;
import kassa.application.idempotency.KeyedCall;
import kassa.application.port.out.OrderStore;
import kassa.domain.order.CustomerId;
import kassa.domain.order.NewOrder;
import kassa.domain.order.Order;
import kassa.domain.order.OrderChange;
import kassa.domain.order.OrderEvent;
import kassa.domain.order.OrderFilter;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderNumber;
import kassa.domain.order.OrderPosition;
import kassa.domain.order.OrderSort;
import kassa.domain.order.Refund;
import kassa.domain.pricing.RuleTrace;
import kassa.domain.redemption.Claim;
import kassa.domain.redemption.Counter;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Keeps orders and what they used of rules. May be used by any number of threads. */
final class JdbiOrderStore implements OrderStore {

  static final String ORDERS_OF =
      "select count(*) from orders where customer_id = :customer and status <> 'cancelled'";

  private final Database database;
  private final GroupCommit<Submission, Acceptance> groups;

  JdbiOrderStore(Database database) {
    this.database = database;
    this.groups =
        new GroupCommit<>(
            database.groups(), submission -> submission.order().price().lines().size(), this::keep);
  }

  @Override
  public Acceptance accept(Submission submission) {
    try {
      return groups.submit(submission);
    } catch (KeyTakenException taken) {
      IdempotencyKey key = requireNonNull(submission.call()).key();
      return database
          .ask("find an answer", handle -> JdbiAnswerStore.find(handle, key))
          .<Acceptance>map(Acceptance.Repeated::new)
          .orElseThrow(() -> taken);
    }
  }

  @Override
  public Optional<List<Order>> acceptTogether(List<Submission> submissions) {
    try {
      return Retries.run(() ->
          database
              .change("keep orders", handle -> keepAll(handle, submissions))
              .or(() -> {
                // If it was for want of a counter, it is there when the orders come again.
                makeCounters(submissions);
                return Optional.empty();
              }));
    } catch (KeyTakenException taken) {
      return Optional.empty();
    }
  }

  @Override
  public List<Acceptance> acceptAll(List<Submission> submissions) {
    return keep(submissions);
  }

  @Override
  public Changing change(OrderChange change, @Nullable KeptAnswer answer) {
    return JdbiAnswerStore.unlessKeyIsTaken(
        () ->
            Retries.run(
                () -> database.change("change an order", handle -> change(handle, change, answer))),
        Changing.KEY_TAKEN);
  }

  private static Changing change(Handle handle, OrderChange change, @Nullable KeptAnswer answer) {
    if (!OrderChanger.change(handle, change)) {
      return Changing.OVERTAKEN;
    }
    JdbiAnswerStore.insert(handle, answer, change.after().updatedAt());
    return Changing.MADE;
  }

  @Override
  public List<Refund> refunds(OrderId id) {
    return database.ask("read the refunds of an order", handle -> RefundReader.find(handle, id));
  }

  @Override
  public Optional<List<RuleTrace>> trace(OrderId id) {
    return database.ask("read the trace of an order", handle -> TraceReader.find(handle, id));
  }

  @Override
  public long ordersOf(CustomerId customer) {
    return database.ask(
        "count the orders of a customer",
        handle ->
            handle
                .createQuery(ORDERS_OF)
                .bind("customer", customer.value())
                .mapTo(Long.class)
                .one());
  }

  @Override
  public Optional<Order> find(OrderId id) {
    return database.ask("find an order", handle -> OrderReader.find(handle, id));
  }

  @Override
  public Optional<Order> find(OrderNumber number) {
    return database.ask("find an order", handle -> OrderReader.find(handle, number));
  }

  @Override
  public Optional<List<OrderEvent>> history(OrderId id) {
    return database.ask("read the history of an order", handle -> OrderHistory.find(handle, id));
  }

  @Override
  public List<Order> list(
      OrderFilter filter, OrderSort sort, @Nullable OrderPosition after, int limit) {
    OrderSelection selection = new OrderSelection(database.dialect(), filter, sort, after, limit);
    return database.ask("list orders", handle -> OrderReader.list(handle, selection));
  }

  /** Keeps orders in one transaction: as a rule the limits allow all of them. */
  List<Acceptance> keep(List<Submission> submissions) {
    return Retries.run(() ->
        database
            .change("keep orders", handle -> keepAll(handle, submissions))
            .map(kept -> kept.stream().<Acceptance>map(Acceptance.Accepted::new).toList())
            .orElseGet(() -> keepEach(submissions)));
  }

  /**
   * Keeps all of the orders if the limits allow it.
   *
   * @return nothing if they do not; then nothing is left in the database
   */
  private static Optional<List<Order>> keepAll(Handle handle, List<Submission> submissions) {
    if (!ClaimWriter.takeAll(handle, orders(submissions))) {
      handle.rollback();
      return Optional.empty();
    }
    return Optional.of(insert(handle, submissions));
  }

  /** Keeps those of the orders that the limits allow. */
  private List<Acceptance> keepEach(List<Submission> submissions) {
    return database
        .change("keep orders", handle -> keepEach(handle, submissions))
        .orElseThrow(() -> {
          makeCounters(submissions);
          return new OvertakenException(null);
        });
  }

  private static Optional<List<Acceptance>> keepEach(Handle handle, List<Submission> submissions) {
    Optional<List<Optional<Counter>>> taking = ClaimWriter.takeEach(handle, orders(submissions));
    if (taking.isEmpty()) {
      handle.rollback();
      return Optional.empty();
    }
    List<Optional<Counter>> refusals = taking.get();
    List<Submission> allowed =
        IntStream.range(0, submissions.size())
            .filter(i -> refusals.get(i).isEmpty())
            .mapToObj(submissions::get)
            .toList();
    Iterator<Order> kept = insert(handle, allowed).iterator();
    return Optional.of(
        refusals.stream()
            .map(refusal ->
                refusal
                    .<Acceptance>map(Acceptance.Exhausted::new)
                    .orElseGet(() -> new Acceptance.Accepted(kept.next())))
            .toList());
  }

  /**
   * Writes orders with what happened to them since, and with the answers to their calls, which may
   * tell of their numbers.
   */
  private static List<Order> insert(Handle handle, List<Submission> submissions) {
    List<OrderNumber> numbers = OrderWriter.insert(handle, submissions);
    OrderChanger.tellOf(
        handle, submissions.stream().map(Submission::since).filter(Objects::nonNull).toList());
    List<Order> kept = new ArrayList<>(submissions.size());
    List<KeptAnswer> answers = new ArrayList<>();
    for (int i = 0; i < submissions.size(); i++) {
      Order order = submissions.get(i).kept(numbers.get(i));
      kept.add(order);
      KeyedCall<Order> call = submissions.get(i).call();
      if (call != null) {
        answers.add(call.keep(order));
      }
    }
    if (!answers.isEmpty()) {
      JdbiAnswerStore.insert(handle, answers, kept.getLast().placedAt());
    }
    return kept;
  }

  private static List<NewOrder> orders(List<Submission> submissions) {
    return submissions.stream().map(Submission::order).toList();
  }

  private void makeCounters(List<Submission> submissions) {
    List<Counter> counters =
        submissions.stream()
            .flatMap(submission -> submission.order().claims().stream())
            .map(Claim::counter)
            .distinct()
            .toList();
    Retries.run(() ->
        database.change(
            "count what was used of a rule",
            handle -> CounterWriter.createMissing(handle, counters)));
  }
}
