package broken.layersarerespected.adapters.persistence;

import broken.layersarerespected.application.port.in.PlaceOrder;
import broken.layersarerespected.application.port.out.OrderStore;

/** Walks back up. */
public interface Store {
  void use(OrderStore keep);

  void use(PlaceOrder ask);
}
