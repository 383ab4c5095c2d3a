package kassa.adapters.http.catalogue;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.TreeSet;
import kassa.adapters.http.json.JsonNodeInput;
import kassa.adapters.http.json.MoneyParser;
import kassa.adapters.http.json.ReadOnlyFields;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.PlainText;
import kassa.domain.catalogue.Product;
import kassa.domain.catalogue.ProductDetails;
import kassa.domain.catalogue.ProductName;
import kassa.domain.catalogue.Sku;
import kassa.domain.catalogue.Tag;
import kassa.domain.json.JsonObjectReader;
import kassa.domain.json.JsonValue;
import kassa.domain.json.Violations;
import kassa.domain.money.AcceptedCurrencies;
import kassa.domain.money.Percentage;
import kassa.domain.money.UnitPrice;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Product in a request body or in a line of an import. */
public final class ProductRequest {

  private final AcceptedCurrencies currencies;
  private final Violations violations;

  private ProductRequest(AcceptedCurrencies currencies, Violations violations) {
    this.currencies = currencies;
    this.violations = violations;
  }

  /**
   * Reads the body.
   *
   * @param skuOfPath the SKU of the path, which makes it optional in the body; {@code null} if the
   *     path has none
   * @param violations collects the violations
   * @return the product details; {@code null} if there are violations
   */
  public static @Nullable ProductDetails read(
      JsonNode body,
      @Nullable Sku skuOfPath,
      AcceptedCurrencies currencies,
      Violations violations) {
    return new ProductRequest(currencies, violations)
        .readDetails(JsonNodeInput.reader(body, violations), skuOfPath);
  }

  /**
   * Reads the body of a PUT. Read-only fields may be sent with their current values.
   *
   * @param current the current product; {@code null} if there is none
   * @param violations collects the violations
   * @return the product details; {@code null} if there are violations
   */
  static @Nullable ProductDetails readPut(
      JsonNode body,
      Sku sku,
      @Nullable Product current,
      AcceptedCurrencies currencies,
      Violations violations) {
    JsonObjectReader fields = JsonNodeInput.reader(body, violations);
    ProductResponse response = current == null ? null : ProductResponse.of(current);
    ReadOnlyFields.requireCurrent(
        fields,
        "version",
        response == null ? null : new JsonValue.JsonNumber(BigDecimal.valueOf(response.version())));
    ReadOnlyFields.requireCurrent(
        fields, "createdAt", response == null ? null : response.createdAt());
    ReadOnlyFields.requireCurrent(
        fields, "updatedAt", response == null ? null : response.updatedAt());
    return new ProductRequest(currencies, violations).readDetails(fields, sku);
  }

  private @Nullable ProductDetails readDetails(JsonObjectReader fields, @Nullable Sku skuOfPath) {
    Sku sku =
        skuOfPath == null
            ? fields.requiredText("sku", Sku::parseNew)
            : requireSameSku(fields, skuOfPath);
    ProductName name = fields.requiredText("name", ProductName::new);
    Currency currency = fields.requiredText("currency", currencies::parse);
    UnitPrice unitPrice =
        fields.requiredText(
            "unitPrice", text -> MoneyParser.parsePrice("unitPrice", text, currency));
    UnitPrice listPrice =
        fields.optionalText(
            "listPrice", text -> MoneyParser.parsePrice("listPrice", text, currency));
    UnitPrice minUnitPrice =
        fields.optionalText(
            "minUnitPrice",
            text ->
                requireMinUnitPrice(
                    MoneyParser.parsePrice("minUnitPrice", text, currency), unitPrice));
    List<Tag> tags = fields.optionalTextList("tags", ProductDetails.MAX_TAGS, Tag::parse);
    Percentage taxRate = fields.optionalText("taxRate", text -> Percentage.parse("taxRate", text));
    boolean active = fields.optionalBoolean("active", true);
    fields.rejectUnknownFields();
    return sku == null || name == null || unitPrice == null || !violations.isEmpty()
        ? null
        : new ProductDetails(
            sku, name, unitPrice, new TreeSet<>(tags), listPrice, minUnitPrice, taxRate, active);
  }

  private static Sku requireSameSku(JsonObjectReader fields, Sku skuOfPath) {
    fields.optionalText(
        "sku",
        text -> {
          if (!PlainText.normalize(text).equals(skuOfPath.value())) {
            throw new InvalidValueException(
                Reason.OUT_OF_RANGE, "sku must be equal to the SKU of the path, or be omitted");
          }
          return skuOfPath;
        });
    return skuOfPath;
  }

  private static UnitPrice requireMinUnitPrice(
      UnitPrice minUnitPrice, @Nullable UnitPrice unitPrice) {
    if (unitPrice != null) {
      unitPrice.requireMinimum(minUnitPrice);
    }
    return minUnitPrice;
  }
}
