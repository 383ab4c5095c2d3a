package broken.layersarerespected.adapters.http;

import broken.layersarerespected.application.Door;
import broken.layersarerespected.application.internal.Service;

/** Goes past the ports. */
public interface Web {
  void use(Door door);

  void use(Service service);
}
