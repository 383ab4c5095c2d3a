package kassa.application;

import static kassa.contract.SampleCallers.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import kassa.application.UseCases.Secrets;
import kassa.application.UseCases.SessionLimits;
import kassa.application.UseCases.Surroundings;
import kassa.application.port.in.Basket;
import kassa.application.port.in.FindOrders.Page;
import kassa.application.port.in.FindOrders.Query;
import kassa.application.port.in.KeepProducts;
import kassa.application.port.in.PlaceOrder.Command;
import kassa.application.port.in.PlaceOrder.Outcome;
import kassa.application.port.in.ProcessOrders.Result;
import kassa.application.port.in.ProcessOrders.Submission;
import kassa.contract.InMemoryStores;
import kassa.contract.QuickPasswords;
import kassa.contract.QuickTokens;
import kassa.contract.SampleOrders;
import kassa.contract.SampleProducts;
import kassa.contract.ShippedRule;
import kassa.domain.catalogue.Product;
import kassa.domain.catalogue.Sku;
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
          new Surroundings(
              InstantSource.fixed(NOON), () -> SampleOrders.nextId().value(), bound -> 0),
          new Secrets(new QuickPasswords(), new QuickTokens()),
          new SessionLimits(Duration.ofMinutes(30), Duration.ofHours(12)),
          60_000,
          Policy.DEFAULT,
          new ProcessingLimits(4, Duration.ofSeconds(30)));

  @BeforeEach
  void ship() {
    ShippedRule.createIn(stores.rules());
  }

  @Test
  void what_is_placed_alone_or_with_others_is_found_again_in_the_same_store() {
    Command command =
        new Command(
            new Basket(
                USD,
                List.of(
                    new Basket.Item.Priced(
                        new CartLine(
                            new Sku("MUG"), Quantity.of(50), UnitPrice.parse("100.00", USD)))),
                new LinkedHashSet<>(),
                Customer.UNKNOWN,
                null,
                null,
                false,
                Metadata.of(Map.of())));

    Order alone = orderOf(useCases.placeOrder().by(ADMIN).place(command));
    List<Order> together =
        useCases
            .processOrders()
            .by(ADMIN)
            .process(List.of(new Submission(command, null), new Submission(command, null)))
            .stream()
            .map(UseCasesTest::orderOf)
            .toList();
    Page page = useCases.findOrders().by(ADMIN).list(new Query(null, 10));

    assertThat(page.orders()).hasSize(3).contains(alone).containsAll(together);
    assertThat(page.orders())
        .allSatisfy(order -> assertThat(order.price().total()).hasToString("4000.00 USD"));
  }

  @Test
  void a_product_that_is_kept_is_found_again_in_the_same_store() {
    Product product = Product.created(SampleProducts.rich("MUG"), NOON);

    assertThat(useCases.keepProducts().by(ADMIN).create(product.details()))
        .isEqualTo(new KeepProducts.Created(product));
    assertThat(useCases.findProducts().by(ADMIN).bySku(product.sku())).contains(product);
  }

  @Test
  void are_ready_while_the_store_is() {
    assertThat(useCases.checkReadiness().isReady()).isTrue();

    stores.takeAway();

    assertThat(useCases.checkReadiness().isReady()).isFalse();
  }

  private static Order orderOf(Result result) {
    assertThat(result).isInstanceOf(Result.Processed.class);
    return orderOf(((Result.Processed) result).outcome());
  }

  private static Order orderOf(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Placed.class);
    return ((Outcome.Placed) outcome).order();
  }
}
