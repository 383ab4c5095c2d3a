package kassa.adapters.http.message;

import java.util.Currency;
import java.util.List;
import kassa.adapters.http.json.Faults;
import kassa.adapters.http.json.JsonFields;
import kassa.application.port.in.PlaceOrder;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.AcceptedCurrencies;
import kassa.domain.money.Quantity;
import kassa.domain.money.UnitPrice;
import kassa.domain.order.CustomerId;
import kassa.domain.order.Metadata;
import kassa.domain.pricing.Cart;
import kassa.domain.pricing.CartLine;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The body of {@code POST /v1/orders}, and of each order of a batch. */
public final class PlaceOrderRequest {

  /**
   * What prices are checked in while their currency is unknown: one without decimal places has the
   * widest range, so that no price is blamed for what is the currency's fault.
   */
  static final Currency WIDEST = Currency.getInstance("JPY");

  private final AcceptedCurrencies currencies;
  private final Faults faults;

  private PlaceOrderRequest(AcceptedCurrencies currencies, Faults faults) {
    this.currencies = currencies;
    this.faults = faults;
  }

  /**
   * Reads the body.
   *
   * @param faults takes all that is wrong with it
   * @return what is to be placed; {@code null} if anything is wrong
   */
  public static PlaceOrder.@Nullable Command read(
      JsonNode body, AcceptedCurrencies currencies, Faults faults) {
    return new PlaceOrderRequest(currencies, faults).command(body);
  }

  private PlaceOrder.@Nullable Command command(JsonNode body) {
    JsonFields fields = new JsonFields(body, "", faults);
    Currency currency = fields.requiredText("currency", currencies::parse);
    List<CartLine> lines =
        fields.requiredList(
            "lines", Cart.MOST_LINES, (line, pointer) -> line(line, pointer, currency));
    Cart cart =
        currency == null || lines == null
            ? null
            : faults.check(fields.at("lines"), () -> new Cart(currency, lines));
    CustomerId customer = fields.optionalText("customerId", CustomerId::new);
    Metadata metadata = fields.optionalTexts("metadata", Metadata::of);
    fields.refuseOthers();
    return cart == null || metadata == null || !faults.isEmpty()
        ? null
        : new PlaceOrder.Command(cart, customer, metadata);
  }

  private @Nullable CartLine line(JsonNode line, String pointer, @Nullable Currency currency) {
    JsonFields fields = new JsonFields(line, pointer, faults);
    Sku sku = fields.requiredText("sku", Sku::new);
    Quantity quantity = fields.requiredDecimal("quantity", Quantity::of, Quantity::parse);
    UnitPrice unitPrice =
        fields.requiredText(
            "unitPrice", text -> priceAboveZero(text, currency == null ? WIDEST : currency));
    fields.refuseOthers();
    return sku == null || quantity == null || unitPrice == null
        ? null
        : new CartLine(sku, quantity, unitPrice);
  }

  private static UnitPrice priceAboveZero(String text, Currency currency) {
    UnitPrice price = UnitPrice.parse(text, currency);
    if (price.isZero()) {
      throw new InvalidValueException(Reason.OUT_OF_RANGE, "unitPrice must be above 0");
    }
    return price;
  }
}
