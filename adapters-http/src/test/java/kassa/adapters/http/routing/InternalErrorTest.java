package kassa.adapters.http.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.FixedBatchResult;
import kassa.adapters.http.OrderBodies;
import kassa.adapters.http.OrderCountingStore;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import kassa.adapters.http.UseCaseOverrides;
import kassa.application.UseCases;
import kassa.application.idempotency.Recording;
import kassa.application.port.in.Slice;
import kassa.application.port.in.order.ChangeOrderStatus;
import kassa.application.port.in.order.FindOrders;
import kassa.application.port.in.order.PlaceOrderBatch;
import kassa.application.port.in.order.PlaceOrderIdempotently;
import kassa.application.port.in.pricing.QuoteCart;
import kassa.application.port.in.report.ReportSales;
import kassa.application.port.in.service.CheckReadiness;
import kassa.domain.InvalidValueException;
import kassa.domain.order.Order;
import kassa.domain.order.OrderEvent;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderNumber;
import kassa.domain.order.Refund;
import kassa.domain.pricing.RuleTrace;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InternalErrorTest {

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
  void unexpected_exception_is_a_500_without_details(Throwable defect) {
    try (TestServer server =
        TestServer.startReplacing(useCases -> withFailingUseCases(useCases, defect))) {
      ContractCheckingClient client = server.client;

      for (TestResponse response :
          new TestResponse[] {
            client.post("/v1/orders", OrderBodies.VALID_ORDER),
            client.post("/v1/orders/batch", OrderBodies.batch(OrderBodies.VALID_ORDER)),
            client.get("/v1/orders"),
            client.get("/v1/orders/1"),
            client.post("/v1/quotes", OrderBodies.VALID_ORDER),
            client.post("/v1/orders/1/cancel", "", "If-Match", "\"1\""),
            client.get("/health/ready")
          }) {
        assertThat(response.status()).isEqualTo(500);
        assertThat(response.at("/code")).isEqualTo("internal_error");
        assertThat(response.body()).doesNotContain(SECRET);
      }
      assertThat(client.get("/health").status()).isEqualTo(200);
    }
  }

  static Stream<Throwable> exceptions() {
    return defects().filter(RuntimeException.class::isInstance);
  }

  @ParameterizedTest
  @MethodSource("exceptions")
  void unexpected_exception_in_one_order_of_a_batch_affects_no_other(Throwable defect) {
    try (TestServer server = serverFailingOnFirstOrder(defect)) {
      TestResponse response =
          server.client.post(
              "/v1/orders/batch",
              OrderBodies.batch(OrderBodies.VALID_ORDER, OrderBodies.VALID_ORDER));

      assertThat(response.at("/results/0/status")).isEqualTo("500");
      assertThat(response.at("/results/0/problem/code")).isEqualTo("internal_error");
      assertThat(response.at("/results/1/status")).isEqualTo("201");
      assertThat(response.body()).doesNotContain(SECRET);
    }
  }

  private static TestServer serverFailingOnFirstOrder(Throwable defect) {
    return TestServer.startWith(
        store ->
            new OrderCountingStore(
                store,
                1,
                () -> {
                  throw throwUnchecked(defect);
                }),
        TestServer.risingClock());
  }

  private static UseCases withFailingUseCases(UseCases useCases, Throwable defect) {
    QuoteCart quoteCart =
        command -> {
          throw throwUnchecked(defect);
        };
    PlaceOrderIdempotently placeOrder =
        command -> {
          throw throwUnchecked(defect);
        };
    PlaceOrderBatch placeOrderBatch =
        new FixedBatchResult(() -> {
          throw throwUnchecked(defect);
        });
    ReportSales reportSales =
        query -> {
          throw throwUnchecked(defect);
        };
    CheckReadiness checkReadiness =
        () -> {
          throw throwUnchecked(defect);
        };
    return UseCaseOverrides.replace(
        useCases,
        Map.of(
            "quoteCart",
            UseCaseOverrides.securedForAll(quoteCart),
            "placeOrderIdempotently",
            UseCaseOverrides.securedForAll(placeOrder),
            "placeOrderBatch",
            UseCaseOverrides.securedForAll(placeOrderBatch),
            "changeOrderStatus",
            UseCaseOverrides.securedForAll(new BrokenStatusChange(defect)),
            "findOrderToChange",
            UseCaseOverrides.securedForAll(new BrokenSearch(defect)),
            "findOrders",
            UseCaseOverrides.securedForAll(new BrokenSearch(defect)),
            "reportSales",
            UseCaseOverrides.securedForAll(reportSales),
            "checkReadiness",
            checkReadiness));
  }

  private static RuntimeException throwUnchecked(Throwable defect) {
    if (defect instanceof Error error) {
      throw error;
    }
    return (RuntimeException) defect;
  }

  private record BrokenStatusChange(Throwable defect) implements ChangeOrderStatus {

    @Override
    public Outcome changeStatus(Command command) {
      throw throwUnchecked(defect);
    }

    @Override
    public ChangeOrderStatus recording(Recording<Order> recording) {
      return this;
    }
  }

  private record BrokenSearch(Throwable defect) implements FindOrders {

    @Override
    public Optional<Order> byId(OrderId id) {
      throw throwUnchecked(defect);
    }

    @Override
    public Optional<Order> byNumber(OrderNumber number) {
      throw throwUnchecked(defect);
    }

    @Override
    public Optional<List<RuleTrace>> trace(OrderId id) {
      throw throwUnchecked(defect);
    }

    @Override
    public Optional<List<Refund>> refunds(OrderId id) {
      throw throwUnchecked(defect);
    }

    @Override
    public Optional<List<OrderEvent>> history(OrderId id) {
      throw throwUnchecked(defect);
    }

    @Override
    public Slice<Order> list(Query query) {
      throw throwUnchecked(defect);
    }
  }
}
