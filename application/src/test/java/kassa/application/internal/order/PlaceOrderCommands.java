package kassa.application.internal.order;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import kassa.application.idempotency.IdempotencyKey;
import kassa.application.idempotency.IdempotentRequest;
import kassa.application.port.in.order.PlaceOrder.Command;
import kassa.application.port.in.pricing.CartDraft;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.Quantity;
import kassa.domain.money.UnitPrice;
import kassa.domain.order.Metadata;
import kassa.domain.pricing.Cart;
import kassa.domain.pricing.CartLine;
import kassa.domain.pricing.Customer;
import kassa.domain.rule.Code;

/** Sample commands to place orders. */
public final class PlaceOrderCommands {

  static final Currency USD = Currency.getInstance("USD");

  /** Cart with a total of 1000.00 before and 900.00 after the discount of the seed rule. */
  static final Cart TEN_MUGS =
      new Cart(
          USD,
          List.of(new CartLine(new Sku("MUG"), Quantity.of(10), UnitPrice.parse("100.00", USD))));

  private PlaceOrderCommands() {}

  static Command tenMugs() {
    return of(TEN_MUGS, Customer.ANONYMOUS, Metadata.of(Map.of()));
  }

  /** Returns a command with many lines of 100.00 each. */
  static Command ofLines(int lines) {
    return of(
        new Cart(
            USD,
            Collections.nCopies(
                lines,
                new CartLine(new Sku("MUG"), Quantity.of(1), UnitPrice.parse("100.00", USD)))),
        Customer.ANONYMOUS,
        Metadata.of(Map.of()));
  }

  public static Command tenMugsFor(String customer) {
    return of(TEN_MUGS, new Customer(customer, null, null), Metadata.of(Map.of()));
  }

  /** Returns a command whose order was placed in the past. */
  public static Command at(Instant placedAt, Command command) {
    return new Command(command.draft(), null, null, command.dropInvalidCodes(), placedAt, null);
  }

  /** The request of an anonymous caller with this key and content. */
  public static IdempotentRequest request(String key, String content) {
    return new IdempotentRequest(new IdempotencyKey(IdempotencyKey.ANONYMOUS_CALLER, key), content);
  }

  public static Command tenMugsWith(Code code) {
    SequencedSet<Code> codes = new LinkedHashSet<>(List.of(code));
    return of(TEN_MUGS, Customer.ANONYMOUS, Metadata.of(Map.of()), codes);
  }

  static Command of(Cart cart, Customer customer, Metadata metadata) {
    return of(cart, customer, metadata, new LinkedHashSet<>());
  }

  private static Command of(
      Cart cart, Customer customer, Metadata metadata, SequencedSet<Code> codes) {
    List<CartDraft.Item> items = new ArrayList<>();
    cart.lines().forEach(line -> items.add(new CartDraft.Item.Priced(line)));
    return new Command(
        new CartDraft(
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
