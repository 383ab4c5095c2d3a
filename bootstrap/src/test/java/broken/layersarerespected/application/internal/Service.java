package broken.layersarerespected.application.internal;

import broken.layersarerespected.application.port.in.Ask;
import broken.layersarerespected.application.port.out.Keep;

/** A use-case; keeps the rule. */
public interface Service {
  void use(Ask ask);

  void use(Keep keep);
}
