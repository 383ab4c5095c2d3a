package broken.packageshavenocycles.domain.order;

import broken.packageshavenocycles.domain.pricing.Price;

/** One half of a cycle. */
public interface Order {
  void use(Price price);
}
