package kassa.adapters.http.order;

import java.util.List;
import kassa.adapters.http.json.Faults;
import kassa.adapters.http.json.JsonFields;
import kassa.adapters.http.json.MoneyParser;
import kassa.adapters.http.pricing.CartDraftRequest;
import kassa.application.idempotency.IdempotencyKey;
import kassa.application.port.in.order.PlaceOrder;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.PlainText;
import kassa.domain.identity.Caller;
import kassa.domain.money.AcceptedCurrencies;
import kassa.domain.money.Money;
import kassa.domain.order.CustomerId;
import kassa.domain.rule.Code;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The body of {@code POST /v1/orders}, and of each order of a batch.
 *
 * @param command what is to be placed
 * @param codes the codes in the order in which they were sent, some perhaps twice
 * @param key the key of one among many, if it has one
 */
public record PlaceOrderRequest(
    PlaceOrder.Command command, List<Code> codes, @Nullable IdempotencyKey key) {

  /** Whatever its form: one of another version is another price, and no fault of the sender. */
  private static final int MAX_HASH_LENGTH = 64;

  /**
   * Reads the body.
   *
   * @param faults takes all that is wrong with it
   * @return what is to be placed; {@code null} if anything is wrong
   */
  public static @Nullable PlaceOrderRequest read(
      JsonNode body, AcceptedCurrencies currencies, Faults faults) {
    return read(new JsonFields(body, "", faults), null, currencies, faults);
  }

  /**
   * Reads one order among many, which may have a key.
   *
   * @param caller whose key it is
   * @param faults takes all that is wrong with it
   * @return what is to be placed; {@code null} if anything is wrong
   */
  public static @Nullable PlaceOrderRequest readBatchItem(
      JsonNode body, Caller caller, AcceptedCurrencies currencies, Faults faults) {
    JsonFields fields = new JsonFields(body, "", faults);
    IdempotencyKey key =
        fields.optionalText("key", text -> new IdempotencyKey(caller.name(), text));
    return read(fields, key, currencies, faults);
  }

  private static @Nullable PlaceOrderRequest read(
      JsonFields fields,
      @Nullable IdempotencyKey key,
      AcceptedCurrencies currencies,
      Faults faults) {
    CustomerId customerId = fields.optionalText("customerId", CustomerId::new);
    CartDraftRequest sent = CartDraftRequest.ofOrder(fields, currencies, customerId, faults);
    Money expectedTotal =
        fields.optionalText(
            "expectedTotal",
            text -> MoneyParser.parseMoney("expectedTotal", text, sent.currency()));
    String priceHash =
        fields.optionalText(
            "priceHash", text -> PlainText.singleLine("priceHash", text, MAX_HASH_LENGTH));
    Boolean drop = fields.optionalText("onInvalidCode", PlaceOrderRequest::isDrop);
    fields.refuseOthers();
    return sent.draft() == null || !faults.isEmpty()
        ? null
        : new PlaceOrderRequest(
            new PlaceOrder.Command(
                sent.draft(), expectedTotal, priceHash, Boolean.TRUE.equals(drop)),
            sent.codes(),
            key);
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
