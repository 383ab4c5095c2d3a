package broken.layersarerespected.adapters.persistence;

import broken.layersarerespected.application.port.in.Ask;
import broken.layersarerespected.application.port.out.Keep;

/** Walks back up. */
public interface Store {
  void use(Keep keep);

  void use(Ask ask);
}
