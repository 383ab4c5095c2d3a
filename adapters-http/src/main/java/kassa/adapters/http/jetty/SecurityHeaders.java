package kassa.adapters.http.jetty;

import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Adds security headers to every response: no content sniffing, framing, embedding, caching or
 * referrer; HSTS over TLS. Source: OWASP, HTTP Security Response Headers Cheat Sheet, section for
 * APIs.
 */
public final class SecurityHeaders extends Handler.Wrapper {

  private static final List<HttpField> ALWAYS =
      List.of(
          new PreEncodedHttpField("X-Content-Type-Options", "nosniff"),
          new PreEncodedHttpField("Referrer-Policy", "no-referrer"),
          new PreEncodedHttpField(
              "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
          new PreEncodedHttpField("X-Frame-Options", "DENY"),
          new PreEncodedHttpField("Cross-Origin-Resource-Policy", "same-origin"),
          new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store"));

  /** HSTS for one year. Responses without TLS must not contain it (RFC 6797, 7.2). */
  private static final HttpField STRICT_TRANSPORT_SECURITY =
      new PreEncodedHttpField("Strict-Transport-Security", "max-age=31536000");

  public SecurityHeaders(Handler handler) {
    super(handler);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    addTo(request, response.getHeaders());
    return super.handle(request, response, callback);
  }

  static void addTo(Request request, HttpFields.Mutable headers) {
    ALWAYS.forEach(headers::put);
    if (request.isSecure()) {
      headers.put(STRICT_TRANSPORT_SECURITY);
    }
  }
}
