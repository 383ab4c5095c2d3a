package broken.layersarerespected.bootstrap;

import broken.layersarerespected.adapters.http.Web;
import broken.layersarerespected.adapters.persistence.Store;
import broken.layersarerespected.application.UseCases;

/** Knows the entries; keeps the rule. */
public interface Start {
  void use(Web web);

  void use(Store store);

  void use(UseCases door);
}
