package kassa.adapters.http.jetty;

import java.security.KeyStore;
import kassa.adapters.http.routing.ServerReset;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RateControl;
import org.eclipse.jetty.io.WindowRateControl;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** TLS 1.2 and 1.3 with ALPN: HTTP/2 or HTTP/1.1, as the client chooses. */
public final class TlsConnectionFactories {

  /**
   * Beyond this size Jetty closes the connection. Headers below it, and above {@link
   * HeaderSizeHandler#MAX_BYTES}, get a response.
   */
  private static final int MAX_HTTP_2_HEADER_BYTES = 1 << 16;

  private TlsConnectionFactories() {}

  /**
   * Creates the connection factories for TLS with ALPN: HTTP/2 and HTTP/1.1.
   *
   * @param keys key store with the private key and its certificates, without a password
   */
  public static ConnectionFactory[] of(HttpConfiguration http, KeyStore keys) {
    HttpConfiguration secure = new HttpConfiguration(http);
    // No SNI check: the same certificate is used for every host name.
    secure.addCustomizer(new SecureRequestCustomizer(false));
    HttpConnectionFactory http1 = new HttpConnectionFactory(secure);
    HttpConfiguration secureHttp2 = new HttpConfiguration(secure);
    secureHttp2.setRequestHeaderSize(MAX_HTTP_2_HEADER_BYTES);
    HTTP2ServerConnectionFactory http2 = new HTTP2ServerConnectionFactory(secureHttp2);
    http2.setRateControlFactory(new FrameRateLimit());
    ALPNServerConnectionFactory choice = new ALPNServerConnectionFactory();
    choice.setDefaultProtocol(http1.getProtocol());
    return new ConnectionFactory[] {
      new SslConnectionFactory(context(keys), choice.getProtocol()), choice, http2, http1
    };
  }

  private static SslContextFactory.Server context(KeyStore keys) {
    SslContextFactory.Server context = new SslContextFactory.Server();
    context.setKeyStore(keys);
    context.setKeyStorePassword("");
    context.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    context.setSniRequired(false);
    return context;
  }

  /**
   * Limits frames that a useful client rarely sends. Does not count the resets of the server, nor
   * the rest of a body that was on its way when its stream was reset after an early response (RFC
   * 9113, 5.1): flow control limits such data, and many streams of a connection may be reset within
   * a second.
   */
  private static final class FrameRateLimit extends WindowRateControl.Factory {

    /** Jetty's default. */
    private static final int MAX_FRAMES_PER_SECOND = 128;

    FrameRateLimit() {
      super(MAX_FRAMES_PER_SECOND);
    }

    @Override
    public RateControl newRateControl(EndPoint endPoint) {
      RateControl limit = super.newRateControl(endPoint);
      return event ->
          event instanceof ServerReset
              || (event instanceof DataFrame data && data.remaining() > 0)
              || limit.onEvent(event);
    }
  }
}
