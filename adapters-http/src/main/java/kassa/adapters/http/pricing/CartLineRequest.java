package kassa.adapters.http.pricing;

import java.util.Currency;
import java.util.List;
import java.util.TreeSet;
import kassa.adapters.http.json.MoneyParser;
import kassa.application.port.in.pricing.CartDraft.Item;
import kassa.domain.catalogue.Sku;
import kassa.domain.catalogue.Tag;
import kassa.domain.json.JsonInput;
import kassa.domain.json.JsonObjectReader;
import kassa.domain.json.Violations;
import kassa.domain.money.Percentage;
import kassa.domain.money.Quantity;
import kassa.domain.money.UnitPrice;
import kassa.domain.pricing.CartLine;
import org.jspecify.annotations.Nullable;

/** Reads a cart line of a request: with its own unit price, or with the price of the catalogue. */
final class CartLineRequest {

  private static final List<String> FIELDS_NEEDING_UNIT_PRICE =
      List.of("listPrice", "minUnitPrice", "taxRate");

  private final @Nullable Currency currency;
  private final Violations violations;

  /**
   * @param currency currency of the body; {@code null} if it is unknown
   * @param violations collects the violations
   */
  CartLineRequest(@Nullable Currency currency, Violations violations) {
    this.currency = currency;
    this.violations = violations;
  }

  /** Reads a line; {@code null} if its SKU or quantity is invalid. */
  @Nullable Item read(JsonInput node, String pointer) {
    JsonObjectReader line = new JsonObjectReader(node, pointer, violations);
    Sku sku = line.requiredText("sku", Sku::parse);
    Quantity quantity = line.requiredDecimal("quantity", Quantity::of, Quantity::parse);
    UnitPrice unitPrice =
        line.optionalText("unitPrice", text -> MoneyParser.parsePrice("unitPrice", text, currency));
    List<Tag> tags = line.optionalTextList("tags", CartLine.MAX_TAGS, Tag::parse);
    UnitPrice listPrice =
        line.optionalText("listPrice", text -> MoneyParser.parsePrice("listPrice", text, currency));
    boolean onSale = line.optionalBoolean("onSale", false);
    UnitPrice minUnitPrice =
        line.optionalText("minUnitPrice", text -> minUnitPrice(text, unitPrice));
    Percentage taxRate = line.optionalText("taxRate", text -> Percentage.parse("taxRate", text));
    requireUnitPrice(line, onSale || !tags.isEmpty());
    line.rejectUnknownFields();
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

  private UnitPrice minUnitPrice(String text, @Nullable UnitPrice unitPrice) {
    UnitPrice price = MoneyParser.parsePrice("minUnitPrice", text, currency);
    if (unitPrice != null) {
      unitPrice.requireMinimum(price);
    }
    return price;
  }

  /**
   * Rejects price fields without {@code unitPrice}: a line uses either the catalogue or the fields
   * of the request, but not both. A field that is sent with its default counts as absent.
   *
   * @param hasFlags whether the line has tags or is on sale
   */
  private void requireUnitPrice(JsonObjectReader line, boolean hasFlags) {
    if (line.value("unitPrice") == null
        && (hasFlags
            || FIELDS_NEEDING_UNIT_PRICE.stream().anyMatch(field -> line.value(field) != null))) {
      violations.addInvalid(
          line.pointerTo("unitPrice"),
          "missing_field",
          "unitPrice must be given; without it, only sku and quantity are allowed");
    }
  }
}
