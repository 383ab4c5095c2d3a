package broken.adaptersneverknoweachother.adapters.http;

import broken.adaptersneverknoweachother.adapters.persistence.Store;

/** Knows the other adapter. */
interface Web {
  void use(Store store);
}
