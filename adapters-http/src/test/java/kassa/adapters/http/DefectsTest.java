package kassa.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import kassa.application.UseCases;
import kassa.application.port.in.CheckReadiness;
import kassa.application.port.in.FindOrders;
import kassa.application.port.in.MoveOrder;
import kassa.application.port.in.PlaceOrder;
import kassa.application.port.in.ProcessOrders;
import kassa.application.port.in.QuoteCart;
import kassa.application.port.in.ReportSales;
import kassa.domain.InvalidValueException;
import kassa.domain.order.Order;
import kassa.domain.order.OrderEvent;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderNumber;
import kassa.domain.order.Refund;
import kassa.domain.pricing.RuleTrace;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DefectsTest {

  private static final String SECRET = "jdbc:secret";

  static Stream<Throwable> defects() {
    return Stream.of(
        new IllegalStateException(SECRET),
        new NullPointerException(SECRET),
        new InvalidValueException(InvalidValueException.Reason.MALFORMED, SECRET),
        new UncheckedIOException(SECRET, new IOException(SECRET)),
        new StackOverflowError(SECRET),
        new OutOfMemoryError(SECRET),
        new AssertionError(SECRET),
        new NoClassDefFoundError(SECRET));
  }

  @ParameterizedTest
  @MethodSource("defects")
  void a_defect_is_a_problem_without_details_and_the_server_goes_on(Throwable defect) {
    try (TestServer server = TestServer.with(useCases -> broken(useCases, defect))) {
      CheckedClient client = server.client;

      for (Answer answer :
          new Answer[] {
            client.post("/v1/orders", Bodies.GOOD),
            client.post("/v1/orders/batch", Bodies.batch(Bodies.GOOD)),
            client.get("/v1/orders"),
            client.get("/v1/orders/1"),
            client.post("/v1/quotes", Bodies.GOOD),
            client.post("/v1/orders/1/cancel", "", "If-Match", "\"1\""),
            client.get("/health/ready")
          }) {
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.at("/code")).isEqualTo("internal_error");
        assertThat(answer.body()).doesNotContain(SECRET);
      }
      assertThat(client.get("/health").status()).isEqualTo(200);
    }
  }

  static Stream<Throwable> exceptions() {
    return defects().filter(RuntimeException.class::isInstance);
  }

  @ParameterizedTest
  @MethodSource("exceptions")
  void a_defect_in_one_order_of_a_batch_harms_no_other(Throwable defect) {
    try (TestServer server = breakingAfterOne(defect)) {
      Answer answer =
          server.client.post("/v1/orders/batch", Bodies.batch(Bodies.GOOD, Bodies.GOOD));

      assertThat(answer.at("/results/0/status")).isEqualTo("500");
      assertThat(answer.at("/results/0/problem/code")).isEqualTo("internal_error");
      assertThat(answer.at("/results/1/status")).isEqualTo("201");
      assertThat(answer.body()).doesNotContain(SECRET);
    }
  }

  private static TestServer breakingAfterOne(Throwable defect) {
    return TestServer.over(
        store ->
            new ObservedStore(
                store,
                1,
                () -> {
                  throw thrown(defect);
                }),
        TestServer.risingClock());
  }

  private static UseCases broken(UseCases whole, Throwable defect) {
    QuoteCart quoteCart =
        command -> {
          throw thrown(defect);
        };
    PlaceOrder placeOrder =
        (command, call) -> {
          throw thrown(defect);
        };
    ProcessOrders processOrders =
        new SameResult(() -> {
          throw thrown(defect);
        });
    MoveOrder moveOrder =
        (move, call) -> {
          throw thrown(defect);
        };
    ReportSales reportSales =
        query -> {
          throw thrown(defect);
        };
    CheckReadiness checkReadiness =
        () -> {
          throw thrown(defect);
        };
    return Replaced.in(
        whole,
        Map.of(
            "quoteCart",
            Replaced.forAll(quoteCart),
            "placeOrder",
            Replaced.forAll(placeOrder),
            "processOrders",
            Replaced.forAll(processOrders),
            "moveOrder",
            Replaced.forAll(moveOrder),
            "findOrderToChange",
            Replaced.forAll(new BrokenSearch(defect)),
            "findOrders",
            Replaced.forAll(new BrokenSearch(defect)),
            "reportSales",
            Replaced.forAll(reportSales),
            "checkReadiness",
            checkReadiness));
  }

  private static RuntimeException thrown(Throwable defect) {
    if (defect instanceof Error error) {
      throw error;
    }
    return (RuntimeException) defect;
  }

  private record BrokenSearch(Throwable defect) implements FindOrders {

    @Override
    public Optional<Order> byId(OrderId id) {
      throw thrown(defect);
    }

    @Override
    public Optional<Order> byNumber(OrderNumber number) {
      throw thrown(defect);
    }

    @Override
    public Optional<List<RuleTrace>> trace(OrderId id) {
      throw thrown(defect);
    }

    @Override
    public Optional<List<Refund>> refunds(OrderId id) {
      throw thrown(defect);
    }

    @Override
    public Optional<List<OrderEvent>> history(OrderId id) {
      throw thrown(defect);
    }

    @Override
    public Page list(Query query) {
      throw thrown(defect);
    }
  }
}
