package broken.httpusesonlyexceptionsofdrivenports.adapters.http;

import broken.httpusesonlyexceptionsofdrivenports.application.idempotency.IdempotencyStore;
import broken.httpusesonlyexceptionsofdrivenports.application.port.out.OrderStore;
import broken.httpusesonlyexceptionsofdrivenports.application.port.out.StoreUnavailableException;

/** Uses stores directly. */
interface Web {
  void use(IdempotencyStore store);

  void use(OrderStore store);

  void use(StoreUnavailableException exception);
}
