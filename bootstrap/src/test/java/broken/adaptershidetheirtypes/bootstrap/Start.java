package broken.adaptershidetheirtypes.bootstrap;

import broken.adaptershidetheirtypes.adapters.http.HttpServer;
import broken.adaptershidetheirtypes.adapters.http.routing.Router;

class Start {
  void use(HttpServer exported, Router hidden) {}
}
