package kassa.adapters.http.catalogue;

import java.util.Currency;
import java.util.List;
import java.util.TreeSet;
import kassa.adapters.http.json.Faults;
import kassa.adapters.http.json.JsonFields;
import kassa.adapters.http.json.MoneyParser;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.catalogue.ProductDetails;
import kassa.domain.catalogue.ProductName;
import kassa.domain.catalogue.Sku;
import kassa.domain.catalogue.Tag;
import kassa.domain.money.AcceptedCurrencies;
import kassa.domain.money.Percentage;
import kassa.domain.money.UnitPrice;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A product as it is sent: alone, or as a line of an import. */
public final class ProductRequest {

  private final AcceptedCurrencies currencies;
  private final Faults faults;

  private ProductRequest(AcceptedCurrencies currencies, Faults faults) {
    this.currencies = currencies;
    this.faults = faults;
  }

  /**
   * Reads the body.
   *
   * @param skuOfPath the sku if the path names it, which the body then need not; else {@code null}
   * @param faults takes all that is wrong with it
   * @return what the shop says of the product; {@code null} if anything is wrong
   */
  public static @Nullable ProductDetails read(
      JsonNode body, @Nullable Sku skuOfPath, AcceptedCurrencies currencies, Faults faults) {
    return new ProductRequest(currencies, faults).readDetails(body, skuOfPath);
  }

  private @Nullable ProductDetails readDetails(JsonNode body, @Nullable Sku skuOfPath) {
    JsonFields fields = new JsonFields(body, "", faults);
    Sku sku =
        skuOfPath == null
            ? fields.requiredText("sku", Sku::new)
            : requireSameSku(fields, skuOfPath);
    ProductName name = fields.requiredText("name", ProductName::new);
    Currency currency = fields.requiredText("currency", currencies::parse);
    Currency priceCurrency = currency == null ? MoneyParser.FALLBACK_CURRENCY : currency;
    UnitPrice unitPrice =
        fields.requiredText("unitPrice", text -> UnitPrice.parse("unitPrice", text, priceCurrency));
    UnitPrice listPrice =
        fields.optionalText("listPrice", text -> UnitPrice.parse("listPrice", text, priceCurrency));
    UnitPrice minUnitPrice =
        fields.optionalText(
            "minUnitPrice",
            text ->
                requireMinUnitPrice(
                    UnitPrice.parse("minUnitPrice", text, priceCurrency), unitPrice));
    List<Tag> tags = fields.optionalTextList("tags", ProductDetails.MAX_TAGS, Tag::new);
    Percentage taxRate = fields.optionalText("taxRate", text -> Percentage.parse("taxRate", text));
    boolean active = fields.optionalFlag("active", true);
    fields.refuseOthers();
    return sku == null || name == null || unitPrice == null || !faults.isEmpty()
        ? null
        : new ProductDetails(
            sku, name, unitPrice, new TreeSet<>(tags), listPrice, minUnitPrice, taxRate, active);
  }

  private static Sku requireSameSku(JsonFields fields, Sku skuOfPath) {
    fields.optionalText(
        "sku",
        text -> {
          if (!text.equals(skuOfPath.value())) {
            throw new InvalidValueException(
                Reason.OUT_OF_RANGE, "sku must be that of the path, or be left out");
          }
          return skuOfPath;
        });
    return skuOfPath;
  }

  private static UnitPrice requireMinUnitPrice(
      UnitPrice minUnitPrice, @Nullable UnitPrice unitPrice) {
    if (unitPrice != null) {
      ProductDetails.requireMinAtMostUnitPrice(unitPrice, minUnitPrice);
    }
    return minUnitPrice;
  }
}
