package broken.httpknowsonlythefailuresofdrivenports.adapters.http;

import broken.httpknowsonlythefailuresofdrivenports.application.port.out.Keep;
import broken.httpknowsonlythefailuresofdrivenports.application.port.out.KeepFailedException;

/** Asks the store without a use-case. */
interface Web {
  void use(Keep keep);

  void use(KeepFailedException keepFailedException);
}
