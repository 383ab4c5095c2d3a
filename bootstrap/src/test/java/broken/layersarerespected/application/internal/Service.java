package broken.layersarerespected.application.internal;

import broken.layersarerespected.application.port.in.PlaceOrder;
import broken.layersarerespected.application.port.out.OrderStore;

/** A use-case; keeps the rule. */
public interface Service {
  void use(PlaceOrder ask);

  void use(OrderStore keep);
}
