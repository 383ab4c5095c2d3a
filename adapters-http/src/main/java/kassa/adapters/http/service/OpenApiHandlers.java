package kassa.adapters.http.service;

import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import kassa.adapters.http.routing.Responses;
import kassa.adapters.http.routing.Route;

/** Serves the OpenAPI document and the documentation page (Swagger UI). */
public final class OpenApiHandlers {

  /** The page may only load resources of this server. */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
          + "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
          + "frame-ancestors 'none'";

  /** The files by name, read on their first request, so that they do not slow down the start. */
  private final Map<String, StaticFile> files = new ConcurrentHashMap<>();

  public List<Route> routes() {
    return List.of(
        document("/openapi.json", "openapi.json", Responses.JSON),
        document("/docs", "docs.html", "text/html"),
        document("/docs/docs.js", "docs.js", "text/javascript"),
        document("/docs/docs.css", "docs.css", "text/css"),
        document("/docs/swagger-ui.css", "swagger-ui.css", "text/css"),
        document("/docs/swagger-ui-bundle.js", "swagger-ui-bundle.js", "text/javascript"));
  }

  private Route document(String path, String resource, String mediaType) {
    boolean isText = mediaType.startsWith("text/");
    String contentType = isText ? mediaType + ";charset=utf-8" : mediaType;
    return Route.get(path, context -> sendFile(context, resource, contentType))
        .producing(mediaType)
        .withoutAuthentication();
  }

  private void sendFile(Context context, String resource, String contentType) {
    context.header("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    context.header("Cache-Control", "no-cache");
    files.computeIfAbsent(resource, name -> StaticFile.read(name, contentType)).send(context);
  }
}
