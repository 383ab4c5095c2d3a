package kassa.adapters.http.jetty;

import java.security.KeyStore;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** TLS 1.2 and 1.3 with ALPN: HTTP/2 or HTTP/1.1, as the client chooses. */
public final class TlsConnectionFactories {

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
    HTTP2ServerConnectionFactory http2 = new HTTP2ServerConnectionFactory(secure);
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
}
