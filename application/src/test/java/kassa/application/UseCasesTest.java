package kassa.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import kassa.application.port.in.FindOrders.Page;
import kassa.application.port.in.FindOrders.Query;
import kassa.application.port.in.KeepProducts;
import kassa.application.port.in.PlaceOrder.Command;
import kassa.application.port.in.PlaceOrder.Outcome;
import kassa.application.port.in.ProcessOrders.Result;
import kassa.contract.InMemoryOrderStore;
import kassa.contract.InMemoryProductStore;
import kassa.contract.SampleOrders;
import kassa.contract.SampleProducts;
import kassa.domain.catalogue.Product;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.Quantity;
import kassa.domain.money.UnitPrice;
import kassa.domain.order.Metadata;
import kassa.domain.order.Order;
import kassa.domain.pricing.Cart;
import kassa.domain.pricing.CartLine;
import kassa.domain.pricing.RuleSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UseCasesTest {

  private static final Currency USD = Currency.getInstance("USD");
  private static final Instant NOON = Instant.parse("2026-06-15T12:00:00Z");

  private final InMemoryOrderStore store = new InMemoryOrderStore();
  private final UseCases useCases =
      UseCases.create(
          store,
          store,
          RuleSet.shipped(),
          InstantSource.fixed(NOON),
          () -> SampleOrders.nextId().value(),
          new ProcessingLimits(4, Duration.ofSeconds(30)),
          new InMemoryProductStore());

  @Test
  void what_is_placed_alone_or_with_others_is_found_again_in_the_same_store() {
    Command command =
        new Command(
            new Cart(
                USD,
                List.of(
                    new CartLine(new Sku("MUG"), Quantity.of(50), UnitPrice.parse("100.00", USD)))),
            null,
            Metadata.of(Map.of()));

    Order alone = orderOf(useCases.placeOrder().place(command));
    List<Order> together =
        useCases.processOrders().process(List.of(command, command)).stream()
            .map(UseCasesTest::orderOf)
            .toList();
    Page page = useCases.findOrders().newestFirst(new Query(null, 10));

    assertThat(page.orders()).hasSize(3).contains(alone).containsAll(together);
    assertThat(page.orders())
        .allSatisfy(order -> assertThat(order.price().total()).hasToString("4000.00 USD"));
  }

  @Test
  void a_product_that_is_kept_is_found_again_in_the_same_store() {
    Product product = Product.created(SampleProducts.rich("MUG"), NOON);

    assertThat(useCases.keepProducts().create(product.details()))
        .isEqualTo(new KeepProducts.Created(product));
    assertThat(useCases.findProducts().bySku(product.sku())).contains(product);
  }

  @Test
  void are_ready_while_the_store_is() {
    assertThat(useCases.checkReadiness().isReady()).isTrue();

    store.takeAway();

    assertThat(useCases.checkReadiness().isReady()).isFalse();
  }

  private static Order orderOf(Result result) {
    assertThat(result).isInstanceOf(Result.Processed.class);
    return orderOf(((Result.Processed) result).outcome());
  }

  private static Order orderOf(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Placed(Order order) -> order;
    };
  }
}
