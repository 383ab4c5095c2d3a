package kassa.adapters.http.service;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import kassa.adapters.http.routing.Responses;
import kassa.adapters.http.routing.Route;

/** Serves the OpenAPI document and the documentation page (Swagger UI). */
public final class OpenApiHandlers {

  private static final String RESOURCE_FOLDER = "/META-INF/kassa/";

  /** The page may only load resources of this server. */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
          + "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
          + "frame-ancestors 'none'";

  public List<Route> routes() {
    return List.of(
        document("/openapi.json", "openapi.json", Responses.JSON),
        document("/docs", "docs.html", "text/html"),
        document("/docs/docs.js", "docs.js", "text/javascript"),
        document("/docs/swagger-ui.css", "swagger-ui.css", "text/css"),
        document("/docs/swagger-ui-bundle.js", "swagger-ui-bundle.js", "text/javascript"));
  }

  private static Route document(String path, String resource, String mediaType) {
    boolean isText = mediaType.startsWith("text/");
    String contentType = isText ? mediaType + ";charset=utf-8" : mediaType;
    return Route.get(path, context -> sendResource(context, resource, contentType))
        .producing(mediaType)
        .withoutAuthentication();
  }

  private static void sendResource(Context context, String resource, String contentType) {
    context.header("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    context.header("Cache-Control", "no-cache");
    Responses.send(context, 200, contentType, read(resource));
  }

  private static byte[] read(String resource) {
    try (InputStream stream =
        OpenApiHandlers.class.getResourceAsStream(RESOURCE_FOLDER + resource)) {
      if (stream == null) {
        throw new IllegalStateException("missing resource " + resource);
      }
      return stream.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
