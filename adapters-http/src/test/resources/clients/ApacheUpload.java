import java.io.IOException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/** Posts a body of 2 MiB several times with Apache HttpClient and prints each status or failure. */
class ApacheUpload {

  /** Arguments: URI, content type, authorization, repetitions, whether to expect 100 Continue. */
  public static void main(String[] arguments) throws Exception {
    SSLContext anyCertificate = SSLContext.getInstance("TLS");
    anyCertificate.init(null, new TrustManager[] {new TrustAll()}, null);
    try (CloseableHttpClient client =
        HttpClients.custom()
            .disableAutomaticRetries()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setTlsSocketStrategy(new DefaultClientTlsStrategy(anyCertificate))
                    .build())
            .build()) {
      for (int i = Integer.parseInt(arguments[3]); i > 0; i--) {
        HttpPost request = new HttpPost(arguments[0]);
        request.setConfig(
            RequestConfig.custom()
                .setExpectContinueEnabled(Boolean.parseBoolean(arguments[4]))
                .build());
        request.setHeader("Authorization", arguments[2]);
        request.setEntity(new ByteArrayEntity(new byte[1 << 21], ContentType.parse(arguments[1])));
        try {
          int status = client.execute(request, response -> response.getCode());
          System.out.println(status);
        } catch (IOException lost) {
          System.out.println(lost);
        }
      }
    }
  }

  private static final class TrustAll implements X509TrustManager {
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
