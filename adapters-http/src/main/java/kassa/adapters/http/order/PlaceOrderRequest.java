package kassa.adapters.http.order;

import java.time.Instant;
import java.util.List;
import kassa.adapters.http.json.JsonNodeInput;
import kassa.adapters.http.json.MoneyParser;
import kassa.adapters.http.pricing.CartDraftRequest;
import kassa.application.idempotency.IdempotencyKey;
import kassa.application.port.in.order.PlaceOrder;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.PlainText;
import kassa.domain.Timestamps;
import kassa.domain.identity.Caller;
import kassa.domain.json.JsonObjectReader;
import kassa.domain.json.Violations;
import kassa.domain.money.AcceptedCurrencies;
import kassa.domain.money.Money;
import kassa.domain.order.CustomerId;
import kassa.domain.rule.Code;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The body of {@code POST /v1/orders}, and of each order of a batch.
 *
 * @param command the order to place
 * @param codes the codes in request order, with duplicates
 * @param key the idempotency key of an order in a batch; may be {@code null}
 */
public record PlaceOrderRequest(
    PlaceOrder.Command command, List<Code> codes, @Nullable IdempotencyKey key) {

  /**
   * Maximum length of a price hash, in any format: the hash of another server version is a changed
   * price and not a violation.
   */
  private static final int MAX_HASH_LENGTH = 64;

  /**
   * Reads the body.
   *
   * @param violations collects the violations
   * @return the order to place; {@code null} if there are violations
   */
  public static @Nullable PlaceOrderRequest read(
      JsonNode body, AcceptedCurrencies currencies, Violations violations) {
    return read(JsonNodeInput.reader(body, violations), null, currencies, violations);
  }

  /**
   * Reads an order of a batch, which can have an idempotency key.
   *
   * @param caller the owner of the key
   * @param violations collects the violations
   * @return the order to place; {@code null} if there are violations
   */
  public static @Nullable PlaceOrderRequest readBatchItem(
      JsonNode body, Caller caller, AcceptedCurrencies currencies, Violations violations) {
    JsonObjectReader fields = JsonNodeInput.reader(body, violations);
    IdempotencyKey key =
        fields.optionalText("key", text -> new IdempotencyKey(caller.name(), text));
    return read(fields, key, currencies, violations);
  }

  private static @Nullable PlaceOrderRequest read(
      JsonObjectReader fields,
      @Nullable IdempotencyKey key,
      AcceptedCurrencies currencies,
      Violations violations) {
    CustomerId customerId = fields.optionalText("customerId", CustomerId::parse);
    CartDraftRequest sent = CartDraftRequest.ofOrder(fields, currencies, customerId, violations);
    Money expectedTotal =
        fields.optionalText(
            "expectedTotal",
            text -> MoneyParser.parseMoney("expectedTotal", text, sent.currency()));
    String priceHash =
        fields.optionalText(
            "priceHash", text -> PlainText.singleLine("priceHash", text, MAX_HASH_LENGTH));
    Boolean drop = fields.optionalText("onInvalidCode", PlaceOrderRequest::isDrop);
    Instant placedAt = fields.optionalText("placedAt", PlaceOrderRequest::parsePlacedAt);
    fields.rejectUnknownFields();
    return sent.draft() == null || !violations.isEmpty()
        ? null
        : new PlaceOrderRequest(
            new PlaceOrder.Command(
                sent.draft(), expectedTotal, priceHash, Boolean.TRUE.equals(drop), placedAt, null),
            sent.codes(),
            key);
  }

  /** The use case checks that the time is not in the future. */
  private static Instant parsePlacedAt(String text) {
    Instant placedAt = Timestamps.parse("placedAt", text);
    if (placedAt.isBefore(Instant.EPOCH)) {
      throw new InvalidValueException(
          Reason.OUT_OF_RANGE, "placedAt must be in 1970 or later, in UTC");
    }
    return placedAt;
  }

  private static Boolean isDrop(String word) {
    return switch (word) {
      case "drop" -> true;
      case "reject" -> false;
      default ->
          throw new InvalidValueException(
              Reason.OUT_OF_RANGE, "onInvalidCode must be reject or drop");
    };
  }
}
