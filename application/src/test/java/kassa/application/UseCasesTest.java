package kassa.application;

import static kassa.contract.fixture.SampleCallers.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import kassa.application.idempotency.Execution;
import kassa.application.port.in.Slice;
import kassa.application.port.in.catalogue.ManageProducts;
import kassa.application.port.in.order.FindOrders.Query;
import kassa.application.port.in.order.PlaceOrder.Command;
import kassa.application.port.in.order.PlaceOrder.Outcome;
import kassa.application.port.in.order.PlaceOrderBatch.Result;
import kassa.application.port.in.pricing.CartDraft;
import kassa.application.port.in.service.CheckReadiness;
import kassa.contract.fixture.FakePasswordHasher;
import kassa.contract.fixture.FakeTokenGenerator;
import kassa.contract.fixture.FakeWebhookGateway;
import kassa.contract.fixture.SampleOrders;
import kassa.contract.fixture.SampleProducts;
import kassa.contract.fixture.SeedRule;
import kassa.contract.memory.InMemoryStores;
import kassa.domain.catalogue.Product;
import kassa.domain.catalogue.Sku;
import kassa.domain.identity.SessionLimits;
import kassa.domain.money.Quantity;
import kassa.domain.money.UnitPrice;
import kassa.domain.order.Metadata;
import kassa.domain.order.Order;
import kassa.domain.pricing.CartLine;
import kassa.domain.pricing.Customer;
import kassa.domain.rule.Policy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UseCasesTest {

  private static final Currency USD = Currency.getInstance("USD");
  private static final Instant NOON = Instant.parse("2026-06-15T12:00:00Z");

  private final InMemoryStores stores = new InMemoryStores();
  private final UseCases useCases =
      UseCases.create(
          stores.all(),
          new Environment(
              InstantSource.fixed(NOON), () -> SampleOrders.nextId().value(), bound -> 0),
          new Cryptography(new FakePasswordHasher(), new FakeTokenGenerator()),
          new ApplicationSettings(
              new SessionLimits(Duration.ofMinutes(30), Duration.ofHours(12)),
              60_000,
              Policy.DEFAULT,
              new BatchLimits(4, Duration.ofSeconds(30))),
          new FakeWebhookGateway().gateway());

  @BeforeEach
  void createSeedRule() {
    SeedRule.createIn(stores.rules());
  }

  @Test
  void orders_placed_singly_or_in_a_batch_are_found_again() {
    Command command =
        new Command(
            new CartDraft(
                USD,
                List.of(
                    new CartDraft.Item.Priced(
                        new CartLine(
                            new Sku("MUG"), Quantity.of(50), UnitPrice.parse("100.00", USD)))),
                new LinkedHashSet<>(),
                Customer.ANONYMOUS,
                null,
                null,
                false,
                Metadata.of(Map.of())));

    Order alone = orderOf(useCases.orders().placeOrder().as(ADMIN).place(command));
    List<Order> together =
        useCases.orders().placeOrderBatch().as(ADMIN).placeEach(List.of(command, command)).stream()
            .map(UseCasesTest::orderOf)
            .toList();
    Slice<Order> page = useCases.orders().findOrders().as(ADMIN).list(new Query(null, 10));

    assertThat(page.items()).hasSize(3).contains(alone).containsAll(together);
    assertThat(page.items())
        .allSatisfy(order -> assertThat(order.price().total()).hasToString("4000.00 USD"));
  }

  @Test
  void stored_product_is_found_again() {
    Product product = Product.create(SampleProducts.rich("MUG"), NOON);

    assertThat(useCases.catalogue().manageProducts().as(ADMIN).create(product.details()))
        .isEqualTo(new ManageProducts.Created(product));
    assertThat(useCases.catalogue().findProducts().as(ADMIN).bySku(product.sku()))
        .contains(product);
  }

  @Test
  void ready_while_the_store_is_available() {
    assertThat(useCases.service().checkReadiness().check())
        .isEqualTo(CheckReadiness.Readiness.READY);

    stores.makeUnavailable();

    assertThat(useCases.service().checkReadiness().check())
        .isEqualTo(CheckReadiness.Readiness.UNAVAILABLE);
  }

  private static Order orderOf(Result result) {
    assertThat(result)
        .isInstanceOfSatisfying(
            Result.Processed.class,
            processed -> assertThat(processed.execution()).isInstanceOf(Execution.Completed.class));
    return orderOf(
        ((Execution.Completed<Outcome>) ((Result.Processed) result).execution()).outcome());
  }

  private static Order orderOf(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Placed.class);
    return ((Outcome.Placed) outcome).order();
  }
}
