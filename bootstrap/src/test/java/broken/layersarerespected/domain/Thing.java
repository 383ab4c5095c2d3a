package broken.layersarerespected.domain;

import broken.layersarerespected.application.internal.Service;

/** Climbs from the domain into a use-case. */
public interface Thing {
  void use(Service service);
}
