package kassa.adapters.http.pricing;

import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import kassa.adapters.http.json.MoneyParser;
import kassa.application.port.in.pricing.CartDraft;
import kassa.application.port.in.pricing.CartDraft.Item;
import kassa.domain.PlainText;
import kassa.domain.json.JsonObjectReader;
import kassa.domain.json.Violations;
import kassa.domain.money.AcceptedCurrencies;
import kassa.domain.money.Money;
import kassa.domain.money.Percentage;
import kassa.domain.order.CustomerId;
import kassa.domain.order.Metadata;
import kassa.domain.pricing.Cart;
import kassa.domain.pricing.CartLine;
import kassa.domain.pricing.Customer;
import kassa.domain.pricing.PricingRequest;
import kassa.domain.pricing.Shipping;
import kassa.domain.rule.Code;
import org.jspecify.annotations.Nullable;

/**
 * Common fields of quote and order requests: the cart and the context that rule conditions use.
 *
 * @param draft the cart; {@code null} if there are violations
 * @param currency currency of the cart; {@code null} if it is invalid
 * @param codes the codes in request order, with duplicates
 */
public record CartDraftRequest(
    @Nullable CartDraft draft, @Nullable Currency currency, List<Code> codes) {

  /** Maximum length of a channel or customer group, in characters. */
  private static final int MAX_NAME_LENGTH = 64;

  private static final long MAX_ORDER_COUNT = 1_000_000_000;

  /** Reads the fields of a quote. */
  static CartDraftRequest ofQuote(
      JsonObjectReader fields, AcceptedCurrencies currencies, Violations violations) {
    return new Reader(fields, currencies, null, violations).read();
  }

  /**
   * Reads the fields of an order.
   *
   * @param customerId the field {@code customerId} of the order; may be {@code null}
   */
  public static CartDraftRequest ofOrder(
      JsonObjectReader fields,
      AcceptedCurrencies currencies,
      @Nullable CustomerId customerId,
      Violations violations) {
    return new Reader(fields, currencies, customerId, violations).read();
  }

  private record Reader(
      JsonObjectReader fields,
      AcceptedCurrencies currencies,
      @Nullable CustomerId customerId,
      Violations violations) {

    private CartDraftRequest read() {
      Currency currency = fields.requiredText("currency", currencies::parse);
      CartLineRequest item = new CartLineRequest(currency, violations);
      List<Item> items = fields.requiredNonEmptyList("lines", Cart.MAX_LINES, item::read);
      List<Code> codes = fields.optionalTextList("codes", PricingRequest.MAX_CODES, Code::entered);
      Customer customer = customer(fields.optionalObject("customer"));
      Shipping shipping = shipping(fields.optionalObject("shipping"), currency);
      String channel = fields.optionalText("channel", text -> parseName("channel", text));
      boolean pricesIncludeTax = fields.optionalBoolean("pricesIncludeTax", false);
      Metadata metadata = fields.optionalTextMap("metadata", Metadata::of);
      checkCartTotal(currency, items);
      return currency == null || items == null || metadata == null || !violations.isEmpty()
          ? new CartDraftRequest(null, currency, codes)
          : new CartDraftRequest(
              new CartDraft(
                  currency,
                  items,
                  new LinkedHashSet<>(codes),
                  customer,
                  shipping,
                  channel,
                  pricesIncludeTax,
                  metadata),
              currency,
              codes);
    }

    private Customer customer(@Nullable JsonObjectReader customer) {
      String named = customerId == null ? null : customerId.value();
      if (customer == null) {
        return new Customer(named, null, null);
      }
      CustomerId id = customer.optionalText("id", CustomerId::parse);
      String group = customer.optionalText("group", text -> parseName("group", text));
      Long orderCount = customer.optionalInteger("orderCount", 0, MAX_ORDER_COUNT);
      customer.rejectUnknownFields();
      if (id != null && customerId != null && !id.equals(customerId)) {
        violations.addInvalid(
            fields.pointerTo("customerId"),
            "out_of_range",
            "customerId must be equal to customer.id, or one of them must be omitted");
      }
      return new Customer(id == null ? named : id.value(), group, orderCount);
    }

    private static @Nullable Shipping shipping(
        @Nullable JsonObjectReader shipping, @Nullable Currency currency) {
      if (shipping == null) {
        return null;
      }
      Money amount = shipping.requiredText("amount", text -> shippingAmount(text, currency));
      String method =
          shipping.optionalText(
              "method", text -> PlainText.identifier("method", text, Shipping.MAX_METHOD_LENGTH));
      Percentage taxRate =
          shipping.optionalText("taxRate", text -> Percentage.parse("taxRate", text));
      shipping.rejectUnknownFields();
      return amount == null ? null : new Shipping(amount, method, taxRate);
    }

    private static Money shippingAmount(String text, @Nullable Currency currency) {
      return new Shipping(MoneyParser.parseMoney("amount", text, currency), null).amount();
    }

    private static String parseName(String name, String text) {
      return PlainText.identifier(name, text, MAX_NAME_LENGTH);
    }

    /**
     * Checks the priced lines as a cart, so that violations of the total are reported together with
     * all others, before the catalogue is read.
     */
    private void checkCartTotal(@Nullable Currency currency, @Nullable List<Item> items) {
      if (currency != null && items != null) {
        List<CartLine> lines =
            items.stream()
                .filter(Item.Priced.class::isInstance)
                .map(item -> ((Item.Priced) item).line())
                .toList();
        if (!lines.isEmpty()) {
          violations.tryCreate(fields.pointerTo("lines"), () -> new Cart(currency, lines));
        }
      }
    }
  }
}
