package kassa.adapters.http.event;

import java.util.Currency;
import kassa.adapters.http.catalogue.ProductResponse;
import kassa.adapters.http.identity.UserResponse;
import kassa.adapters.http.json.EnumNames;
import kassa.adapters.http.order.OrderResponse;
import kassa.adapters.http.rule.RuleResponse;
import kassa.domain.event.Event;
import kassa.domain.event.EventData;
import kassa.domain.event.EventSubject;
import kassa.domain.money.Money;
import kassa.domain.usage.UsageCounter;
import kassa.domain.usage.UsageCounter.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Event in a response.
 *
 * @param id id of the event
 * @param type what happened: {@code order.placed}
 * @param occurredAt time of the change
 * @param subject what changed
 * @param sequence version of the subject after the event; {@code null} if it has none
 * @param actor name of the caller; {@code null} if unknown
 * @param data the subject after the event, as the API answers it
 */
public record EventResponse(
    String id,
    String type,
    String occurredAt,
    Subject subject,
    @Nullable Integer sequence,
    @Nullable String actor,
    Object data) {

  /**
   * Subject of an event.
   *
   * @param type kind of subject: order, rule, product or user
   * @param id its id; the SKU of a product
   */
  public record Subject(String type, String id) {

    static Subject of(EventSubject subject) {
      return new Subject(subject.type(), subject.id());
    }
  }

  /** A deleted product. */
  public record DeletedProduct(String sku) {}

  /**
   * Codes that one request issued.
   *
   * @param ruleId rule of the codes
   * @param count number of codes
   * @param code the code, if it is only one
   * @param maxUses maximum number of orders with each code; {@code null} for the limit of the rule
   */
  public record IssuedCodes(
      String ruleId, int count, @Nullable String code, @Nullable Long maxUses) {}

  /**
   * A limit that an order used up.
   *
   * @param ruleId rule of the limit
   * @param kind kind of limit: total, code or spend
   * @param code the code in upper case, for the kind code
   * @param maxUses the maximum number of orders; {@code null} for the kind spend
   * @param budget the maximum sum of discounts, for the kind spend
   * @param currency currency of the budget
   * @param orderId the order that used it up
   */
  public record ExhaustedLimit(
      String ruleId,
      String kind,
      @Nullable String code,
      @Nullable Long maxUses,
      @Nullable String budget,
      @Nullable String currency,
      String orderId) {

    static ExhaustedLimit of(EventData.ExhaustedLimit data) {
      UsageCounter counter = data.counter();
      boolean isBudget = counter.kind() == Kind.SPEND;
      return new ExhaustedLimit(
          counter.rule().toString(),
          EnumNames.of(counter.kind()),
          counter.kind() == Kind.CODE ? counter.subject() : null,
          isBudget ? null : data.limit(),
          isBudget
              ? new Money(data.limit(), Currency.getInstance(counter.subject())).toPlainString()
              : null,
          isBudget ? counter.subject() : null,
          data.order().toString());
    }
  }

  /** Converts an event to its response. */
  public static EventResponse of(Event event) {
    return new EventResponse(
        event.id().toString(),
        event.type().wireName(),
        event.occurredAt().toString(),
        Subject.of(event.subject()),
        event.sequence(),
        event.actor(),
        data(event.data()));
  }

  private static Object data(EventData data) {
    return switch (data) {
      case EventData.OrderData(var order) -> OrderResponse.of(order);
      case EventData.RuleData(var rule) -> RuleResponse.of(rule);
      case EventData.ProductData(var product) -> ProductResponse.of(product);
      case EventData.DeletedProduct(var sku) -> new DeletedProduct(sku.value());
      case EventData.UserData(var user) -> UserResponse.of(user);
      case EventData.IssuedCodes issued ->
          new IssuedCodes(issued.rule().toString(), issued.count(), issued.code(), issued.limit());
      case EventData.ExhaustedLimit limit -> ExhaustedLimit.of(limit);
    };
  }
}
