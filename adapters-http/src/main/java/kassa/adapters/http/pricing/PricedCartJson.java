package kassa.adapters.http.pricing;

import java.util.List;
import kassa.adapters.http.json.EnumNames;
import kassa.domain.money.Money;
import kassa.domain.money.Percentage;
import kassa.domain.pricing.Discount;
import kassa.domain.pricing.PricedCart;
import kassa.domain.pricing.PricedLine;
import kassa.domain.pricing.PricedShipping;
import kassa.domain.pricing.Rejection;
import kassa.domain.pricing.TaxRateTotal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Writes the price of an order or a quote as JSON without intermediate objects, because they are
 * read often. See docs/decisions/0161.
 */
public final class PricedCartJson {

  private PricedCartJson() {}

  /** Writes the currency and the totals. */
  public static void writeTotals(JsonGenerator json, PricedCart price) {
    json.writeStringProperty("currency", price.currency().getCurrencyCode());
    json.writeStringProperty("subtotal", price.subtotal().toPlainString());
    json.writeStringProperty("discountTotal", price.discountTotal().toPlainString());
    json.writeStringProperty("shippingTotal", price.shippingTotal().toPlainString());
    json.writeStringProperty("taxTotal", price.taxTotal().toPlainString());
    json.writeStringProperty("total", price.total().toPlainString());
  }

  /** Writes lines, discounts, shipping, taxes, rejections and the hash of the price. */
  public static void writeDetails(JsonGenerator json, PricedCart price, List<Rejection> rejected) {
    writeParts(json, price, false);
    json.writeArrayPropertyStart("rejected");
    for (Rejection rejection : rejected) {
      json.writeStartObject();
      writeReason(json, rejection);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringProperty("priceHash", price.fingerprint());
  }

  /**
   * Writes lines, discounts, shipping and taxes.
   *
   * @param units whether to write the discount of each unit
   */
  static void writeParts(JsonGenerator json, PricedCart price, boolean units) {
    json.writeArrayPropertyStart("lines");
    for (PricedLine line : price.lines()) {
      writeLine(json, line, units);
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("discounts");
    for (Discount discount : price.discounts()) {
      writeDiscount(json, discount);
    }
    json.writeEndArray();
    json.writeName("shipping");
    writeShipping(json, price.shipping());
    json.writeArrayPropertyStart("taxes");
    for (TaxRateTotal total : price.taxRates()) {
      writeTax(json, total);
    }
    json.writeEndArray();
  }

  private static void writeLine(JsonGenerator json, PricedLine line, boolean units) {
    json.writeStartObject();
    json.writeStringProperty("sku", line.line().sku().value());
    json.writeName("quantity").writeNumber(line.line().quantity().toString());
    json.writeStringProperty("unitPrice", line.line().unitPrice().toPlainString());
    json.writeStringProperty("subtotal", line.subtotal().toPlainString());
    json.writeStringProperty("discountTotal", line.discountTotal().toPlainString());
    json.writeStringProperty("taxTotal", line.taxTotal().toPlainString());
    json.writeStringProperty("total", line.total().toPlainString());
    if (units) {
      json.writeArrayPropertyStart("unitDiscounts");
      for (Money discount : line.unitDiscounts(QuoteResponse.MAX_UNITS)) {
        json.writeString(discount.toPlainString());
      }
      json.writeEndArray();
    }
    json.writeArrayPropertyStart("discounts");
    for (Discount discount : line.discounts()) {
      writeLineDiscount(json, discount);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeLineDiscount(JsonGenerator json, Discount discount) {
    json.writeStartObject();
    writeRule(json, discount);
    json.writeStringProperty("amount", discount.amount().toPlainString());
    json.writeEndObject();
  }

  private static void writeDiscount(JsonGenerator json, Discount discount) {
    json.writeStartObject();
    writeRule(json, discount);
    writeNullable(json, "code", discount.code() == null ? null : discount.code().value());
    json.writeStringProperty("amount", discount.amount().toPlainString());
    json.writeEndObject();
  }

  private static void writeRule(JsonGenerator json, Discount discount) {
    json.writeStringProperty("ruleId", discount.rule().toString());
    json.writeNumberProperty("ruleVersion", discount.ruleVersion());
    json.writeStringProperty("label", discount.label());
  }

  private static void writeShipping(JsonGenerator json, @Nullable PricedShipping priced) {
    if (priced == null) {
      json.writeNull();
      return;
    }
    Percentage taxRate = priced.shipping().taxRate();
    json.writeStartObject();
    json.writeStringProperty("amount", priced.shipping().amount().toPlainString());
    writeNullable(json, "method", priced.shipping().method());
    writeNullable(json, "taxRate", taxRate == null ? null : taxRate.toString());
    json.writeStringProperty("discountTotal", priced.discountTotal().toPlainString());
    json.writeStringProperty("taxTotal", priced.taxTotal().toPlainString());
    json.writeStringProperty("total", priced.total().toPlainString());
    json.writeEndObject();
  }

  private static void writeTax(JsonGenerator json, TaxRateTotal total) {
    json.writeStartObject();
    json.writeStringProperty("taxRate", total.rate().toString());
    json.writeStringProperty("net", total.net().toPlainString());
    json.writeStringProperty("tax", total.tax().toPlainString());
    json.writeEndObject();
  }

  /** Writes what does not apply, and why: the members of a rejection that orders store. */
  static void writeReason(JsonGenerator json, Rejection rejection) {
    if (rejection.code() != null) {
      json.writeStringProperty("code", rejection.code().value());
    } else {
      json.writeStringProperty("ruleId", String.valueOf(rejection.rule()));
    }
    json.writeStringProperty("reason", EnumNames.of(rejection.reason()));
  }

  /** Writes a text or null. */
  public static void writeNullable(JsonGenerator json, String name, @Nullable String text) {
    json.writeName(name);
    if (text == null) {
      json.writeNull();
    } else {
      json.writeString(text);
    }
  }
}
