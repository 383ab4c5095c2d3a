package broken.httpknowsonlythefailuresofdrivenports.adapters.http;

import broken.httpknowsonlythefailuresofdrivenports.application.port.out.OrderStore;
import broken.httpknowsonlythefailuresofdrivenports.application.port.out.StoreUnavailableException;

/** Asks the store without a use-case. */
interface Web {
  void use(OrderStore keep);

  void use(StoreUnavailableException keepFailedException);
}
