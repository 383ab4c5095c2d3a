package broken.webstaysinhttp.bootstrap;

import com.fasterxml.jackson.annotation.JacksonInject;
import io.javalin.Javalin;
import jakarta.servlet.ServletRequest;
import org.eclipse.jetty.server.Server;
import tools.jackson.databind.JsonNode;

/** Knows it where it may not. */
interface Start {
  void use(Javalin javalin);

  void use(Server server);

  void use(ServletRequest servletRequest);

  void use(JsonNode jsonNode);

  void use(JacksonInject jacksonInject);
}
