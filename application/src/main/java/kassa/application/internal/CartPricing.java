package kassa.application.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import kassa.application.port.in.Basket;
import kassa.application.port.in.Basket.Item;
import kassa.application.port.in.UnsellableItem;
import kassa.application.port.out.CodeStore;
import kassa.application.port.out.OrderStore;
import kassa.application.port.out.ProductStore;
import kassa.application.port.out.UsageStore;
import kassa.domain.InvalidValueException;
import kassa.domain.catalogue.Product;
import kassa.domain.catalogue.Sku;
import kassa.domain.order.CustomerId;
import kassa.domain.pricing.Cart;
import kassa.domain.pricing.CartLine;
import kassa.domain.pricing.CodeUse;
import kassa.domain.pricing.Customer;
import kassa.domain.pricing.Pricing;
import kassa.domain.pricing.PricingRequest;
import kassa.domain.pricing.Quote;
import kassa.domain.pricing.RuleSet;
import kassa.domain.redemption.Counter;
import kassa.domain.redemption.Usages;
import kassa.domain.rule.Code;
import org.jspecify.annotations.Nullable;

/** Gathers what a price depends on, and prices. Pricing itself asks nobody. */
public final class CartPricing {

  private final ProductStore products;
  private final CodeStore codes;
  private final UsageStore usages;
  private final OrderStore orders;

  public CartPricing(ProductStore products, CodeStore codes, UsageStore usages, OrderStore orders) {
    this.products = products;
    this.codes = codes;
    this.usages = usages;
    this.orders = orders;
  }

  /** A basket with the prices of the catalogue. */
  public sealed interface Filled {

    /** It is a cart. */
    record Full(Cart cart) implements Filled {}

    /** Some of its items have no price. */
    record Unsellable(List<UnsellableItem> items) implements Filled {}

    /** It is no cart. */
    record NoCart(InvalidValueException reason) implements Filled {}
  }

  /** A price, and what it was asked for. */
  public record Priced(PricingRequest request, Quote quote) {}

  /** Takes the prices that are missing from the catalogue. */
  public Filled fill(Basket basket) {
    Map<Sku, Product> found = catalogue(basket);
    List<CartLine> lines = new ArrayList<>(basket.items().size());
    List<UnsellableItem> unsellable = new ArrayList<>();
    for (int i = 0; i < basket.items().size(); i++) {
      switch (basket.items().get(i)) {
        case Item.Priced(CartLine line) -> lines.add(line);
        case Item.FromCatalogue item -> {
          Product product = found.get(item.sku());
          UnsellableItem.Reason reason = whyNot(product, basket);
          if (product == null || reason != null) {
            unsellable.add(
                new UnsellableItem(
                    i, reason == null ? UnsellableItem.Reason.UNKNOWN_PRODUCT : reason));
          } else {
            lines.add(line(item, product));
          }
        }
      }
    }
    return unsellable.isEmpty() ? cart(basket, lines) : new Filled.Unsellable(unsellable);
  }

  /** Prices a cart under rules that are in force, with the limits as they are now. */
  public Priced price(Basket basket, Cart cart, Instant at, RuleSet rules) {
    PricingRequest uncounted =
        new PricingRequest(
            cart,
            basket.codes(),
            customer(basket.customer(), rules),
            basket.channel(),
            basket.metadata().entries(),
            at,
            Map.of(),
            codeUses(basket.codes()));
    Set<Counter> counters = Usages.counters(uncounted, rules);
    PricingRequest request =
        Usages.counted(uncounted, rules, counters.isEmpty() ? Map.of() : usages.read(counters));
    return new Priced(request, Pricing.price(request, rules));
  }

  private Map<Sku, Product> catalogue(Basket basket) {
    Set<Sku> skus =
        basket.items().stream()
            .filter(Item.FromCatalogue.class::isInstance)
            .map(item -> ((Item.FromCatalogue) item).sku())
            .collect(Collectors.toSet());
    return skus.isEmpty() ? Map.of() : products.find(skus);
  }

  private static UnsellableItem.@Nullable Reason whyNot(@Nullable Product product, Basket basket) {
    if (product == null) {
      return UnsellableItem.Reason.UNKNOWN_PRODUCT;
    }
    if (!product.isActive()) {
      return UnsellableItem.Reason.INACTIVE_PRODUCT;
    }
    return product.unitPrice().currency().equals(basket.currency())
        ? null
        : UnsellableItem.Reason.OTHER_CURRENCY;
  }

  private static CartLine line(Item.FromCatalogue item, Product product) {
    return new CartLine(
        item.sku(),
        item.quantity(),
        product.unitPrice(),
        product.details().tags(),
        product.details().listPrice(),
        false,
        product.details().minUnitPrice(),
        product.details().taxRate());
  }

  private static Filled cart(Basket basket, List<CartLine> lines) {
    try {
      return new Filled.Full(
          new Cart(basket.currency(), lines, basket.shipping(), basket.pricesIncludeTax()));
    } catch (InvalidValueException refused) {
      return new Filled.NoCart(refused);
    }
  }

  /** Orders are counted only if a rule asks for it. */
  private Customer customer(Customer said, RuleSet rules) {
    return said.id() != null && said.orderCount() == null && rules.countsOrders()
        ? new Customer(said.id(), said.group(), orders.ordersOf(new CustomerId(said.id())))
        : said;
  }

  private Map<String, CodeUse> codeUses(Set<Code> entered) {
    if (entered.isEmpty()) {
      return Map.of();
    }
    Map<String, CodeUse> uses = new HashMap<>();
    codes
        .find(entered)
        .forEach((key, code) -> uses.put(key, new CodeUse(code.rule(), code.limit(), 0)));
    return uses;
  }
}
