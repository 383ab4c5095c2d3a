package kassa.adapters.http.order;

import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import kassa.adapters.http.json.Faults;
import kassa.adapters.http.json.JsonFields;
import kassa.adapters.http.json.MoneyParser;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.catalogue.Sku;
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
 * @param request what is to be given back
 * @param skus those of the lines, in the order in which they were sent, some perhaps twice
 */
public record RefundOrderRequest(RefundRequest request, List<Sku> skus) {

  private record Line(Sku sku, long units) {}

  /**
   * Reads the body.
   *
   * @param currency that of the order
   * @param faults takes all that is wrong with it
   * @return what is to be given back; {@code null} if anything is wrong
   */
  public static @Nullable RefundOrderRequest read(JsonNode body, Currency currency, Faults faults) {
    JsonFields fields = new JsonFields(body, "", faults);
    List<Line> sent =
        fields.optionalList(
            "lines", Cart.MAX_LINES, (node, pointer) -> readLine(node, pointer, faults));
    Money amount =
        fields.optionalText("amount", text -> parsePositiveMoney("amount", text, currency));
    ShippingShare shipping = readShipping(fields, currency, faults);
    String reason = fields.optionalText("reason", OrderTransitionRequest::parseReason);
    fields.refuseOthers();
    if (!faults.isEmpty()) {
      return null;
    }
    List<Line> lines = Objects.requireNonNullElse(sent, List.of());
    SequencedMap<Sku, Long> units = new LinkedHashMap<>();
    lines.forEach(line -> units.merge(line.sku(), line.units(), Long::sum));
    RefundRequest request =
        faults.check("", () -> new RefundRequest(units, amount, shipping, reason));
    return request == null
        ? null
        : new RefundOrderRequest(request, lines.stream().map(Line::sku).toList());
  }

  private static @Nullable Line readLine(JsonNode node, String pointer, Faults faults) {
    JsonFields line = new JsonFields(node, pointer, faults);
    Sku sku = line.requiredText("sku", Sku::new);
    Long units =
        line.requiredDecimal(
            "quantity",
            number -> toWholeUnits(Quantity.of(number)),
            text -> toWholeUnits(Quantity.parse(text)));
    line.refuseOthers();
    return sku == null || units == null ? null : new Line(sku, units);
  }

  /** A part of a unit comes back as one, so that there are no parts here. */
  private static Long toWholeUnits(Quantity quantity) {
    if (quantity.thousandths() % 1_000 != 0) {
      throw new InvalidValueException(Reason.TOO_PRECISE, "quantity must be whole units");
    }
    return quantity.thousandths() / 1_000;
  }

  private static ShippingShare readShipping(JsonFields fields, Currency currency, Faults faults) {
    JsonNode sent = fields.optionalValue("shipping");
    if (sent == null) {
      return new ShippingShare.None();
    }
    if (sent.isBoolean()) {
      return sent.booleanValue() ? new ShippingShare.Remaining() : new ShippingShare.None();
    }
    if (!sent.isString()) {
      faults.malformed(
          fields.at("shipping"), "wrong_type", "shipping must be true, false or a JSON string");
      return new ShippingShare.None();
    }
    Money part =
        fields.optionalText("shipping", text -> parsePositiveMoney("shipping", text, currency));
    return part == null ? new ShippingShare.None() : new ShippingShare.Part(part);
  }

  private static Money parsePositiveMoney(String name, String text, Currency currency) {
    Money amount = MoneyParser.parseMoney(name, text, currency);
    if (amount.isZero()) {
      throw new InvalidValueException(Reason.OUT_OF_RANGE, name + " must be above 0");
    }
    return amount;
  }
}
