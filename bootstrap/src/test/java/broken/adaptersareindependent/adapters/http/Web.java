package broken.adaptersareindependent.adapters.http;

import broken.adaptersareindependent.adapters.persistence.Store;

/** Knows the other adapter. */
interface Web {
  void use(Store store);
}
