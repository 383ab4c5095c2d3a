package kassa.adapters.http.pricing;

import java.util.Currency;
import java.util.List;
import java.util.TreeSet;
import kassa.adapters.http.json.Faults;
import kassa.adapters.http.json.JsonFields;
import kassa.adapters.http.json.MoneyParser;
import kassa.application.port.in.pricing.CartDraft.Item;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.catalogue.Sku;
import kassa.domain.catalogue.Tag;
import kassa.domain.money.Percentage;
import kassa.domain.money.Quantity;
import kassa.domain.money.UnitPrice;
import kassa.domain.pricing.CartLine;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A line of a cart as it is sent: with its price, or without, to cost what the catalogue says. */
final class CartLineRequest {

  private static final List<String> FIELDS_NEEDING_UNIT_PRICE =
      List.of("tags", "listPrice", "onSale", "minUnitPrice", "taxRate");

  private final @Nullable Currency currency;
  private final boolean freeAllowed;
  private final Faults faults;

  /**
   * @param currency that of the body; {@code null} if it is not known
   * @param freeAllowed whether a unit price of zero is taken
   * @param faults takes all that is wrong
   */
  CartLineRequest(@Nullable Currency currency, boolean freeAllowed, Faults faults) {
    this.currency = currency;
    this.freeAllowed = freeAllowed;
    this.faults = faults;
  }

  /** Reads a line; {@code null} if its sku or its quantity is wrong. */
  @Nullable Item read(JsonNode node, String pointer) {
    JsonFields line = new JsonFields(node, pointer, faults);
    Sku sku = line.requiredText("sku", Sku::new);
    Quantity quantity = line.requiredDecimal("quantity", Quantity::of, Quantity::parse);
    UnitPrice unitPrice = line.optionalText("unitPrice", this::unitPrice);
    List<Tag> tags = line.optionalTextList("tags", CartLine.MAX_TAGS, Tag::new);
    UnitPrice listPrice =
        line.optionalText("listPrice", text -> MoneyParser.parsePrice("listPrice", text, currency));
    boolean onSale = line.optionalFlag("onSale", false);
    UnitPrice minUnitPrice =
        line.optionalText("minUnitPrice", text -> minUnitPrice(text, unitPrice));
    Percentage taxRate = line.optionalText("taxRate", text -> Percentage.parse("taxRate", text));
    requireUnitPrice(line);
    line.refuseOthers();
    if (sku == null || quantity == null) {
      return null;
    }
    return unitPrice == null
        ? new Item.FromCatalogue(sku, quantity)
        : new Item.Priced(
            new CartLine(
                sku,
                quantity,
                unitPrice,
                new TreeSet<>(tags),
                listPrice,
                onSale,
                minUnitPrice,
                taxRate));
  }

  private UnitPrice unitPrice(String text) {
    UnitPrice price = MoneyParser.parsePrice("unitPrice", text, currency);
    if (price.isZero() && !freeAllowed) {
      throw new InvalidValueException(Reason.OUT_OF_RANGE, "unitPrice must be above 0");
    }
    return price;
  }

  private UnitPrice minUnitPrice(String text, @Nullable UnitPrice unitPrice) {
    UnitPrice price = MoneyParser.parsePrice("minUnitPrice", text, currency);
    if (unitPrice != null && price.micros() > unitPrice.micros()) {
      throw new InvalidValueException(
          Reason.OUT_OF_RANGE, "minUnitPrice must be at most the unitPrice");
    }
    return price;
  }

  /** What the catalogue says of a product is not mixed with what the sender says. */
  private void requireUnitPrice(JsonFields line) {
    if (line.optionalValue("unitPrice") == null
        && FIELDS_NEEDING_UNIT_PRICE.stream()
            .anyMatch(field -> line.optionalValue(field) != null)) {
      faults.invalid(
          line.at("unitPrice"),
          "missing_field",
          "unitPrice must be given; without it the catalogue says all but sku and quantity");
    }
  }
}
