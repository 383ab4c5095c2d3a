package kassa.adapters.http.message;

import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import kassa.adapters.http.json.Faults;
import kassa.adapters.http.json.JsonFields;
import kassa.application.port.in.Basket;
import kassa.application.port.in.Basket.Item;
import kassa.domain.PlainText;
import kassa.domain.money.AcceptedCurrencies;
import kassa.domain.money.Money;
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
 * What quotes and orders have in common: the cart, and all that rules may ask of it.
 *
 * @param basket the cart; {@code null} if anything is wrong
 * @param currency its currency; {@code null} if that is wrong
 * @param codes the codes in the order in which they were sent, some perhaps twice
 */
record BasketRequest(@Nullable Basket basket, @Nullable Currency currency, List<Code> codes) {

  /** The longest channel or customer group, in characters. */
  private static final int LONGEST_WORD = 64;

  private static final long MOST_ORDERS = 1_000_000_000;

  /** Reads the fields of a quote, which may give things away. */
  static BasketRequest ofQuote(JsonFields fields, AcceptedCurrencies currencies, Faults faults) {
    return new Reader(fields, currencies, true, null, faults).read();
  }

  /**
   * Reads the fields of an order.
   *
   * @param customerId who buys, if the order says so by itself
   */
  static BasketRequest ofOrder(
      JsonFields fields,
      AcceptedCurrencies currencies,
      @Nullable CustomerId customerId,
      Faults faults) {
    return new Reader(fields, currencies, false, customerId, faults).read();
  }

  private record Reader(
      JsonFields fields,
      AcceptedCurrencies currencies,
      boolean freeAllowed,
      @Nullable CustomerId customerId,
      Faults faults) {

    private BasketRequest read() {
      Currency currency = fields.requiredText("currency", currencies::parse);
      ItemRequest item = new ItemRequest(currency, freeAllowed, faults);
      List<Item> items = fields.requiredList("lines", Cart.MOST_LINES, item::read);
      List<Code> codes = fields.optionalTextList("codes", PricingRequest.MOST_CODES, Code::new);
      Customer customer = customer(fields.optionalObject("customer"));
      Shipping shipping = shipping(fields.optionalObject("shipping"), currency);
      String channel = fields.optionalText("channel", text -> word("channel", text));
      boolean pricesIncludeTax = fields.optionalFlag("pricesIncludeTax", false);
      Metadata metadata = fields.optionalTexts("metadata", Metadata::of);
      checkAmount(currency, items);
      return currency == null || items == null || metadata == null || !faults.isEmpty()
          ? new BasketRequest(null, currency, codes)
          : new BasketRequest(
              new Basket(
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

    private Customer customer(@Nullable JsonFields customer) {
      String named = customerId == null ? null : customerId.value();
      if (customer == null) {
        return new Customer(named, null, null);
      }
      CustomerId id = customer.optionalText("id", CustomerId::new);
      String group = customer.optionalText("group", text -> word("group", text));
      Long orderCount = customer.optionalWhole("orderCount", 0, MOST_ORDERS);
      customer.refuseOthers();
      if (id != null && customerId != null && !id.equals(customerId)) {
        faults.invalid(
            fields.at("customerId"),
            "out_of_range",
            "customerId must be the id of customer, or one of both be left out");
      }
      return new Customer(id == null ? named : id.value(), group, orderCount);
    }

    private static @Nullable Shipping shipping(
        @Nullable JsonFields shipping, @Nullable Currency currency) {
      if (shipping == null) {
        return null;
      }
      Money amount = shipping.requiredText("amount", text -> shippingAmount(text, currency));
      String method =
          shipping.optionalText(
              "method", text -> PlainText.line("method", text, Shipping.LONGEST_METHOD));
      shipping.refuseOthers();
      return amount == null ? null : new Shipping(amount, method);
    }

    private static Money shippingAmount(String text, @Nullable Currency currency) {
      return new Shipping(SentMoney.money("amount", text, currency), null).amount();
    }

    private static String word(String name, String text) {
      return PlainText.line(name, text, LONGEST_WORD);
    }

    /** What can be said of the whole without the catalogue is said with all that is wrong. */
    private void checkAmount(@Nullable Currency currency, @Nullable List<Item> items) {
      if (currency != null && items != null) {
        List<CartLine> lines =
            items.stream()
                .filter(Item.Priced.class::isInstance)
                .map(item -> ((Item.Priced) item).line())
                .toList();
        if (!lines.isEmpty()) {
          faults.check(fields.at("lines"), () -> new Cart(currency, lines));
        }
      }
    }
  }
}
