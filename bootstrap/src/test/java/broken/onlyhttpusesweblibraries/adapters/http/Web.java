package broken.onlyhttpusesweblibraries.adapters.http;

import io.javalin.Javalin;
import jakarta.servlet.ServletRequest;
import org.eclipse.jetty.server.Server;

/** Knows it where it may. */
interface Web {
  void use(Javalin javalin);

  void use(Server server);

  void use(ServletRequest servletRequest);
}
