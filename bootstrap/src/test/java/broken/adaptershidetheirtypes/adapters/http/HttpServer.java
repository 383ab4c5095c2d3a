package broken.adaptershidetheirtypes.adapters.http;

import broken.adaptershidetheirtypes.adapters.http.routing.Router;

public class HttpServer {
  void use(Router itsOwn) {}
}
