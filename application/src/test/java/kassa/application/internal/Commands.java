package kassa.application.internal;

import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import kassa.application.port.in.Basket;
import kassa.application.port.in.PlaceOrder.Command;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.Quantity;
import kassa.domain.money.UnitPrice;
import kassa.domain.order.Metadata;
import kassa.domain.pricing.Cart;
import kassa.domain.pricing.CartLine;
import kassa.domain.pricing.Customer;
import kassa.domain.rule.Code;

/** Orders to be placed by tests. */
final class Commands {

  static final Currency USD = Currency.getInstance("USD");

  /** 1000.00 before and 900.00 after the discount of the rule that ships. */
  static final Cart TEN_MUGS =
      new Cart(
          USD,
          List.of(new CartLine(new Sku("MUG"), Quantity.of(10), UnitPrice.parse("100.00", USD))));

  private Commands() {}

  static Command ofTenMugs() {
    return of(TEN_MUGS, Customer.UNKNOWN, Metadata.of(Map.of()));
  }

  static Command ofTenMugsFor(String customer) {
    return of(TEN_MUGS, new Customer(customer, null, null), Metadata.of(Map.of()));
  }

  static Command ofTenMugsWith(Code code) {
    SequencedSet<Code> codes = new LinkedHashSet<>(List.of(code));
    return of(TEN_MUGS, Customer.UNKNOWN, Metadata.of(Map.of()), codes);
  }

  static Command of(Cart cart, Customer customer, Metadata metadata) {
    return of(cart, customer, metadata, new LinkedHashSet<>());
  }

  private static Command of(
      Cart cart, Customer customer, Metadata metadata, SequencedSet<Code> codes) {
    List<Basket.Item> items = new ArrayList<>();
    cart.lines().forEach(line -> items.add(new Basket.Item.Priced(line)));
    return new Command(
        new Basket(
            cart.currency(),
            items,
            codes,
            customer,
            cart.shipping(),
            null,
            cart.pricesIncludeTax(),
            metadata));
  }
}
