package broken.onlyhttpusesweblibraries.bootstrap;

import io.javalin.Javalin;
import jakarta.servlet.ServletRequest;
import org.eclipse.jetty.server.Server;

/** Knows it where it may not. */
interface Start {
  void use(Javalin javalin);

  void use(Server server);

  void use(ServletRequest servletRequest);
}
