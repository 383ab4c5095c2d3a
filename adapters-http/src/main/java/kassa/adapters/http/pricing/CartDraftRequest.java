package kassa.adapters.http.pricing;

import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import kassa.adapters.http.json.Faults;
import kassa.adapters.http.json.JsonFields;
import kassa.adapters.http.json.MoneyParser;
import kassa.application.port.in.pricing.CartDraft;
import kassa.application.port.in.pricing.CartDraft.Item;
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
 * @param draft the cart; {@code null} if anything is wrong
 * @param currency its currency; {@code null} if that is wrong
 * @param codes the codes in the order in which they were sent, some perhaps twice
 */
public record CartDraftRequest(
    @Nullable CartDraft draft, @Nullable Currency currency, List<Code> codes) {

  /** The longest channel or customer group, in characters. */
  private static final int MAX_NAME_LENGTH = 64;

  private static final long MAX_ORDER_COUNT = 1_000_000_000;

  /** Reads the fields of a quote, which may give things away. */
  static CartDraftRequest ofQuote(JsonFields fields, AcceptedCurrencies currencies, Faults faults) {
    return new Reader(fields, currencies, true, null, faults).read();
  }

  /**
   * Reads the fields of an order.
   *
   * @param customerId who buys, if the order says so by itself
   */
  public static CartDraftRequest ofOrder(
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

    private CartDraftRequest read() {
      Currency currency = fields.requiredText("currency", currencies::parse);
      CartLineRequest item = new CartLineRequest(currency, freeAllowed, faults);
      List<Item> items = fields.requiredList("lines", Cart.MAX_LINES, item::read);
      List<Code> codes = fields.optionalTextList("codes", PricingRequest.MAX_CODES, Code::new);
      Customer customer = customer(fields.optionalObject("customer"));
      Shipping shipping = shipping(fields.optionalObject("shipping"), currency);
      String channel = fields.optionalText("channel", text -> parseName("channel", text));
      boolean pricesIncludeTax = fields.optionalFlag("pricesIncludeTax", false);
      Metadata metadata = fields.optionalTexts("metadata", Metadata::of);
      checkCartTotal(currency, items);
      return currency == null || items == null || metadata == null || !faults.isEmpty()
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

    private Customer customer(@Nullable JsonFields customer) {
      String named = customerId == null ? null : customerId.value();
      if (customer == null) {
        return new Customer(named, null, null);
      }
      CustomerId id = customer.optionalText("id", CustomerId::new);
      String group = customer.optionalText("group", text -> parseName("group", text));
      Long orderCount = customer.optionalWhole("orderCount", 0, MAX_ORDER_COUNT);
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
              "method", text -> PlainText.singleLine("method", text, Shipping.MAX_METHOD_LENGTH));
      shipping.refuseOthers();
      return amount == null ? null : new Shipping(amount, method);
    }

    private static Money shippingAmount(String text, @Nullable Currency currency) {
      return new Shipping(MoneyParser.parseMoney("amount", text, currency), null).amount();
    }

    private static String parseName(String name, String text) {
      return PlainText.singleLine(name, text, MAX_NAME_LENGTH);
    }

    /** What can be said of the whole without the catalogue is said with all that is wrong. */
    private void checkCartTotal(@Nullable Currency currency, @Nullable List<Item> items) {
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
