package broken.packageshavenocycles.domain.pricing;

import broken.packageshavenocycles.domain.order.Order;

/** The other half. */
public interface Price {
  void use(Order order);
}
