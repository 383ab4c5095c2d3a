package broken.layersarerespected.adapters.http;

import broken.layersarerespected.application.UseCases;
import broken.layersarerespected.application.internal.Service;

/** Goes past the ports. */
public interface Web {
  void use(UseCases door);

  void use(Service service);
}
