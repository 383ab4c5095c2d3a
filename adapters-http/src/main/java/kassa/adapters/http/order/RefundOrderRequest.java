package kassa.adapters.http.order;

import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import kassa.adapters.http.json.JsonNodeInput;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.catalogue.Sku;
import kassa.domain.json.JsonInput;
import kassa.domain.json.JsonObjectReader;
import kassa.domain.json.Violations;
import kassa.domain.money.Money;
import kassa.domain.money.Quantity;
import kassa.domain.order.RefundRequest;
import kassa.domain.order.RefundRequest.ShippingShare;
import kassa.domain.pricing.Cart;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The body of {@code POST /v1/orders/{id}/refunds}.
 *
 * @param request the refund
 * @param skus the SKUs of the lines in request order, with duplicates
 * @param shippingPointer the JSON pointer of the field that contains the part of shipping
 */
public record RefundOrderRequest(RefundRequest request, List<Sku> skus, String shippingPointer) {

  private record Line(Sku sku, Quantity quantity) {}

  /**
   * Reads the body.
   *
   * @param currency currency of the order
   * @param violations collects the violations
   * @return the refund; {@code null} if there are violations
   */
  public static @Nullable RefundOrderRequest read(
      JsonNode body, Currency currency, Violations violations) {
    JsonObjectReader fields = JsonNodeInput.reader(body, violations);
    List<Line> sent =
        fields.optionalList(
            "lines", Cart.MAX_LINES, (node, pointer) -> readLine(node, pointer, violations));
    Money amount =
        fields.optionalText("amount", text -> parsePositiveMoney("amount", text, currency));
    ShippingShare shipping = readShipping(fields, currency, violations);
    String reason = fields.optionalText("reason", OrderTransitionRequest::parseReason);
    fields.rejectUnknownFields();
    if (!violations.isEmpty()) {
      return null;
    }
    List<Line> lines = Objects.requireNonNullElse(sent, List.of());
    SequencedMap<Sku, Long> thousandths = new LinkedHashMap<>();
    lines.forEach(line -> thousandths.merge(line.sku(), line.quantity().thousandths(), Long::sum));
    RefundRequest request =
        violations.tryCreate("", () -> new RefundRequest(thousandths, amount, shipping, reason));
    return request == null
        ? null
        : new RefundOrderRequest(
            request,
            lines.stream().map(Line::sku).toList(),
            fields.pointerTo(fields.has("shippingAmount") ? "shippingAmount" : "shipping"));
  }

  private static @Nullable Line readLine(JsonInput node, String pointer, Violations violations) {
    JsonObjectReader line = new JsonObjectReader(node, pointer, violations);
    Sku sku = line.requiredText("sku", Sku::parseSearched);
    Quantity quantity = line.requiredDecimal("quantity", Quantity::of, Quantity::parse);
    line.rejectUnknownFields();
    return sku == null || quantity == null ? null : new Line(sku, quantity);
  }

  private static ShippingShare readShipping(
      JsonObjectReader fields, Currency currency, Violations violations) {
    JsonInput sent = fields.value("shipping");
    Money amount =
        fields.optionalText(
            "shippingAmount", text -> parsePositiveMoney("shippingAmount", text, currency));
    boolean isAbsent = sent == null || Boolean.FALSE.equals(sent.bool());
    if (!isAbsent && fields.has("shippingAmount")) {
      violations.addInvalid(
          fields.pointerTo("shippingAmount"),
          "repeated",
          "shippingAmount must be omitted when shipping is given");
    }
    if (sent == null || isAbsent) {
      return amount == null ? new ShippingShare.None() : new ShippingShare.Part(amount);
    }
    Boolean refund = sent.bool();
    if (refund != null) {
      return new ShippingShare.Remaining();
    }
    if (sent.string() == null) {
      violations.addMalformed(
          fields.pointerTo("shipping"),
          "wrong_type",
          "shipping must be true, false or a JSON string");
      return new ShippingShare.None();
    }
    Money part =
        fields.optionalText("shipping", text -> parsePositiveMoney("shipping", text, currency));
    return part == null ? new ShippingShare.None() : new ShippingShare.Part(part);
  }

  private static Money parsePositiveMoney(String name, String text, Currency currency) {
    Money amount = Money.parse(name, text, currency);
    if (amount.isZero()) {
      throw new InvalidValueException(Reason.OUT_OF_RANGE, name + " must be above 0");
    }
    return amount;
  }
}
