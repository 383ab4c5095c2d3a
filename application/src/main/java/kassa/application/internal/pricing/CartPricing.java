package kassa.application.internal.pricing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kassa.application.port.in.pricing.CartDraft;
import kassa.application.port.in.pricing.CartDraft.Item;
import kassa.application.port.in.pricing.CartRefusal;
import kassa.application.port.in.pricing.UnavailableItem;
import kassa.application.port.out.catalogue.ProductStore;
import kassa.application.port.out.order.OrderStore;
import kassa.application.port.out.rule.CodeStore;
import kassa.application.port.out.rule.UsageStore;
import kassa.application.telemetry.Step;
import kassa.application.telemetry.StepTimer;
import kassa.application.telemetry.Telemetry;
import kassa.domain.InvalidValueException;
import kassa.domain.catalogue.Product;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.Quantity;
import kassa.domain.order.CustomerId;
import kassa.domain.pricing.Cart;
import kassa.domain.pricing.CartLine;
import kassa.domain.pricing.CodeUsage;
import kassa.domain.pricing.Customer;
import kassa.domain.pricing.PricingRequest;
import kassa.domain.pricing.Quote;
import kassa.domain.pricing.RuleSet;
import kassa.domain.pricing.engine.Pricing;
import kassa.domain.rule.Code;
import kassa.domain.usage.LimitUsage;
import kassa.domain.usage.UsageCounter;
import org.jspecify.annotations.Nullable;

/**
 * Prices carts: looks up catalogue prices, codes, limit usage and order counts, and passes them to
 * the pricing engine, which is free of I/O.
 */
public final class CartPricing {

  private final ProductStore products;
  private final CodeStore codes;
  private final UsageStore usages;
  private final OrderStore orders;
  private final Telemetry telemetry;

  public CartPricing(
      ProductStore products,
      CodeStore codes,
      UsageStore usages,
      OrderStore orders,
      Telemetry telemetry) {
    this.products = products;
    this.codes = codes;
    this.usages = usages;
    this.orders = orders;
    this.telemetry = telemetry;
  }

  /** Result of {@link #resolve}. */
  public sealed interface CartResolution {

    /** The draft is a valid cart. */
    record Resolved(Cart cart) implements CartResolution {}

    /** The draft has no price. */
    record Refused(CartRefusal refusal) implements CartResolution {}
  }

  /** Pricing request and its quote. */
  public record QuotedRequest(PricingRequest request, Quote quote) {}

  /** Resolves a cart draft: looks up the missing prices in the catalogue. */
  public CartResolution resolve(CartDraft draft) {
    Map<Sku, Product> found = findProducts(draft);
    List<CartLine> lines = new ArrayList<>(draft.items().size());
    List<UnavailableItem> unavailable = new ArrayList<>();
    for (int i = 0; i < draft.items().size(); i++) {
      switch (draft.items().get(i)) {
        case Item.Priced(CartLine line) -> lines.add(line);
        case Item.FromCatalogue item -> {
          Product product = found.get(item.sku());
          UnavailableItem.Reason reason = unavailableReason(product, draft);
          if (product == null || reason != null) {
            unavailable.add(
                new UnavailableItem(
                    i, reason == null ? UnavailableItem.Reason.UNKNOWN_PRODUCT : reason));
          } else {
            lines.add(line(item, product));
          }
        }
      }
    }
    return unavailable.isEmpty()
        ? cart(draft, lines)
        : new CartResolution.Refused(new CartRefusal.UnavailableItems(unavailable));
  }

  /**
   * Prices a cart under active rules, with the current usage of limits.
   *
   * @throws InvalidValueException if the rules give too many discounts
   */
  public QuotedRequest price(CartDraft draft, Cart cart, Instant at, RuleSet rules) {
    try (StepTimer _ = telemetry.begin(Step.PRICING)) {
      return priceUnmeasured(draft, cart, at, rules);
    }
  }

  private QuotedRequest priceUnmeasured(CartDraft draft, Cart cart, Instant at, RuleSet rules) {
    PricingRequest uncounted =
        new PricingRequest(
            cart,
            draft.codes(),
            customer(draft.customer(), rules),
            draft.channel(),
            draft.metadata().entries(),
            at,
            Map.of(),
            codeUses(draft.codes()));
    Set<UsageCounter> counters = LimitUsage.counters(uncounted, rules);
    PricingRequest request =
        LimitUsage.withCounts(
            uncounted, rules, counters.isEmpty() ? Map.of() : usages.read(counters));
    return new QuotedRequest(request, Pricing.price(request, rules));
  }

  private Map<Sku, Product> findProducts(CartDraft draft) {
    Set<Sku> skus = new HashSet<>();
    for (Item item : draft.items()) {
      if (item instanceof Item.FromCatalogue(Sku sku, Quantity _)) {
        skus.add(sku);
      }
    }
    return skus.isEmpty() ? Map.of() : products.find(skus);
  }

  private static UnavailableItem.@Nullable Reason unavailableReason(
      @Nullable Product product, CartDraft draft) {
    if (product == null) {
      return UnavailableItem.Reason.UNKNOWN_PRODUCT;
    }
    if (!product.isActive()) {
      return UnavailableItem.Reason.INACTIVE_PRODUCT;
    }
    return product.unitPrice().currency().equals(draft.currency())
        ? null
        : UnavailableItem.Reason.CURRENCY_MISMATCH;
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

  private static CartResolution cart(CartDraft draft, List<CartLine> lines) {
    try {
      return new CartResolution.Resolved(
          new Cart(draft.currency(), lines, draft.shipping(), draft.pricesIncludeTax()));
    } catch (InvalidValueException refused) {
      return new CartResolution.Refused(new CartRefusal.InvalidCart(refused));
    }
  }

  /** Counts the orders of the customer, only if a rule needs the number. */
  private Customer customer(Customer customer, RuleSet rules) {
    return customer.id() != null && customer.orderCount() == null && rules.usesOrderCount()
        ? new Customer(
            customer.id(), customer.group(), orders.countOrdersOf(new CustomerId(customer.id())))
        : customer;
  }

  private Map<String, CodeUsage> codeUses(Set<Code> entered) {
    if (entered.isEmpty()) {
      return Map.of();
    }
    Map<String, CodeUsage> uses = new HashMap<>();
    codes
        .find(entered)
        .forEach((key, code) -> uses.put(key, new CodeUsage(code.rule(), code.limit(), 0)));
    return uses;
  }
}
