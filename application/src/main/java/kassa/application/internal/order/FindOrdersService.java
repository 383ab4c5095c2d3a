package kassa.application.internal.order;

import java.util.List;
import java.util.Optional;
import kassa.application.port.in.Slice;
import kassa.application.port.in.order.FindOrders;
import kassa.application.port.out.identity.UserStore;
import kassa.application.port.out.identity.UserStore.StoredUser;
import kassa.application.port.out.order.OrderStore;
import kassa.domain.InvalidValueException;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.User;
import kassa.domain.identity.UserId;
import kassa.domain.order.CustomerId;
import kassa.domain.order.Order;
import kassa.domain.order.OrderEvent;
import kassa.domain.order.OrderFilter;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderNumber;
import kassa.domain.order.Refund;
import kassa.domain.pricing.RuleTrace;
import org.jspecify.annotations.Nullable;

/** Finds and lists orders, with their pricing trace, history and refunds. */
public final class FindOrdersService implements FindOrders {

  private final OrderStore orders;
  private final UserStore users;

  public FindOrdersService(OrderStore orders, UserStore users) {
    this.orders = orders;
    this.users = users;
  }

  @Override
  public Optional<Order> byId(OrderId id) {
    return orders.find(id);
  }

  @Override
  public Optional<Order> byNumber(OrderNumber number) {
    return orders.find(number);
  }

  @Override
  public Optional<List<RuleTrace>> trace(OrderId id) {
    return orders.trace(id);
  }

  @Override
  public Optional<List<OrderEvent>> history(OrderId id) {
    return orders.history(id);
  }

  @Override
  public Optional<List<Refund>> refunds(OrderId id) {
    List<Refund> refunds = orders.refunds(id);
    return refunds.isEmpty() ? orders.find(id).map(order -> refunds) : Optional.of(refunds);
  }

  @Override
  public Slice<Order> list(Query query) {
    OrderFilter filter = withCustomerOfEmail(query.filter());
    return Slice.read(
        query.limit(), count -> orders.list(filter, query.sort(), query.after(), count));
  }

  /** Adds the customer if the search text is the email address of a user. */
  private OrderFilter withCustomerOfEmail(OrderFilter filter) {
    if (filter.text() == null || filter.text().indexOf('@') < 0) {
      return filter;
    }
    try {
      return findUser(new EmailAddress(filter.text()), filter.customer())
          .map(user -> filter.withTextCustomer(new CustomerId(user.id().toString())))
          .orElse(filter);
    } catch (InvalidValueException noEmail) {
      return filter;
    }
  }

  /**
   * Finds the user with an email address. Among the orders of one customer it looks only at this
   * customer, so that a search of own orders says nothing about other users.
   */
  private Optional<User> findUser(EmailAddress email, @Nullable CustomerId customer) {
    return (customer == null ? users.find(email) : users.find(UserId.parse(customer.value())))
        .map(StoredUser::user)
        .filter(user -> user.email().equals(email));
  }
}
