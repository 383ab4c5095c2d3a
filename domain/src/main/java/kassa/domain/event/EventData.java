package kassa.domain.event;

import kassa.domain.catalogue.Product;
import kassa.domain.catalogue.Sku;
import kassa.domain.identity.User;
import kassa.domain.order.Order;
import kassa.domain.order.OrderId;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.StoredRule;
import kassa.domain.usage.UsageCounter;
import org.jspecify.annotations.Nullable;

/** Data of an event: its subject as it was after the event, not as it is now. */
public sealed interface EventData {

  /** The order in the version of the event. */
  record OrderData(Order order) implements EventData {}

  /** The rule in the revision of the event. */
  record RuleData(StoredRule rule) implements EventData {}

  /** The product in the version of the event. */
  record ProductData(Product product) implements EventData {}

  /** A deleted product. */
  record DeletedProduct(Sku sku) implements EventData {}

  /** The user in the version of the event, without any secret. */
  record UserData(User user) implements EventData {}

  /**
   * The codes that one request issued.
   *
   * @param rule the rule of the codes
   * @param count the number of codes, 1 or more
   * @param code the code, if the request named one; {@code null} for generated codes
   * @param limit the maximum number of orders with each code; {@code null} for the limit of the
   *     rule
   */
  record IssuedCodes(RuleId rule, int count, @Nullable String code, @Nullable Long limit)
      implements EventData {}

  /**
   * A limit that an order used up.
   *
   * @param counter the counter of the limit: of all uses, of a code, or of a budget
   * @param limit the value that the counter has reached
   * @param order the order that reached it
   */
  record ExhaustedLimit(UsageCounter counter, long limit, OrderId order) implements EventData {}
}
