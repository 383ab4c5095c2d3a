package kassa.domain.event;

import kassa.domain.catalogue.Sku;
import kassa.domain.identity.UserId;
import kassa.domain.order.OrderId;
import kassa.domain.rule.RuleId;

/**
 * Subject of an event: the thing that changed. The events of one subject are read in the order in
 * which it changed.
 */
public sealed interface EventSubject {

  /** Returns the kind of subject in the API: {@code order}, {@code rule}, ... */
  String type();

  /** Returns the id as clients see it: {@code ord_...}; the SKU of a product. */
  String id();

  /** An order. */
  record OfOrder(OrderId order) implements EventSubject {

    @Override
    public String type() {
      return "order";
    }

    @Override
    public String id() {
      return order.toString();
    }
  }

  /** A rule, also for events of its codes and limits. */
  record OfRule(RuleId rule) implements EventSubject {

    @Override
    public String type() {
      return "rule";
    }

    @Override
    public String id() {
      return rule.toString();
    }
  }

  /** A product. */
  record OfProduct(Sku sku) implements EventSubject {

    @Override
    public String type() {
      return "product";
    }

    @Override
    public String id() {
      return sku.value();
    }
  }

  /** A user. */
  record OfUser(UserId user) implements EventSubject {

    @Override
    public String type() {
      return "user";
    }

    @Override
    public String id() {
      return user.toString();
    }
  }
}
