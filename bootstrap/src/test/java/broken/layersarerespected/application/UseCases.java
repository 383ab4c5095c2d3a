package broken.layersarerespected.application;

import broken.layersarerespected.application.internal.Service;

/** Where use-cases are made; keeps the rule. */
public interface UseCases {
  void use(Service service);
}
