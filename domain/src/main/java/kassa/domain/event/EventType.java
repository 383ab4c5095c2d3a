package kassa.domain.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import kassa.domain.identity.Permission;
import kassa.domain.order.OrderEvent;
import kassa.domain.rule.RuleStatus;

/** Type of an event: what happened to which kind of subject. */
public enum EventType {
  /** An order was placed. */
  ORDER_PLACED(Permission.READ_ALL_ORDERS),
  /** An order was paid. */
  ORDER_PAID(Permission.READ_ALL_ORDERS),
  /** An order was shipped. */
  ORDER_SHIPPED(Permission.READ_ALL_ORDERS),
  /** An order was delivered. */
  ORDER_COMPLETED(Permission.READ_ALL_ORDERS),
  /** An order was cancelled. */
  ORDER_CANCELLED(Permission.READ_ALL_ORDERS),
  /** An order was refunded, in full or in part. */
  ORDER_REFUNDED(Permission.READ_ALL_ORDERS),
  /** A rule was created. */
  RULE_CREATED(Permission.READ_RULES),
  /** A rule got a new definition. */
  RULE_UPDATED(Permission.READ_RULES),
  /** A rule became active. */
  RULE_ACTIVATED(Permission.READ_RULES),
  /** A rule was paused. */
  RULE_PAUSED(Permission.READ_RULES),
  /** A rule was archived. */
  RULE_ARCHIVED(Permission.READ_RULES),
  /** Codes of a rule were issued. */
  CODE_ISSUED(Permission.READ_RULES),
  /** An order used up a usage limit or a budget of a rule, or a limit of a code. */
  LIMIT_EXHAUSTED(Permission.READ_RULES),
  /** A product was created. */
  PRODUCT_CREATED(Permission.READ_PRODUCTS),
  /** A product was replaced. */
  PRODUCT_UPDATED(Permission.READ_PRODUCTS),
  /** A product was deleted. */
  PRODUCT_DELETED(Permission.READ_PRODUCTS),
  /** A user was created, or registered. */
  USER_CREATED(Permission.ADMINISTER),
  /** The role of a user changed, or the user was disabled or enabled. */
  USER_UPDATED(Permission.ADMINISTER);

  private final String wireName = name().toLowerCase(Locale.ROOT).replaceFirst("_", ".");
  private final Permission permission;

  EventType(Permission permission) {
    this.permission = permission;
  }

  /** Returns the name in the API and in the database: {@code order.placed}. */
  public String wireName() {
    return wireName;
  }

  /** Returns the permission to read such an event, besides {@link Permission#READ_EVENTS}. */
  public Permission permission() {
    return permission;
  }

  /** Returns the type with a name such as {@code order.placed}; empty if unknown. */
  public static Optional<EventType> of(String wireName) {
    return Arrays.stream(values()).filter(type -> type.wireName.equals(wireName)).findFirst();
  }

  /** Returns the type of an event in the history of an order. */
  public static EventType of(OrderEvent.Kind kind) {
    return switch (kind) {
      case PLACED -> ORDER_PLACED;
      case PAID -> ORDER_PAID;
      case SHIPPED -> ORDER_SHIPPED;
      case COMPLETED -> ORDER_COMPLETED;
      case CANCELLED -> ORDER_CANCELLED;
      case REFUNDED -> ORDER_REFUNDED;
    };
  }

  /**
   * Returns the type of the change of a rule to a status.
   *
   * @throws IllegalArgumentException if no rule changes to this status
   */
  public static EventType of(RuleStatus status) {
    return switch (status) {
      case ACTIVE -> RULE_ACTIVATED;
      case PAUSED -> RULE_PAUSED;
      case ARCHIVED -> RULE_ARCHIVED;
      case DRAFT -> throw new IllegalArgumentException("a rule does not become a draft");
    };
  }
}
