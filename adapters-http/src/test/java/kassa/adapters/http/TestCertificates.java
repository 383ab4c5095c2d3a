package kassa.adapters.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Self-signed keys and certificates for TLS tests. */
public final class TestCertificates {

  private static final String PASSWORD = "only for these tests";

  /** By algorithm. To create one starts a process. */
  private static final Map<String, KeyStore> SHARED = new ConcurrentHashMap<>();

  private TestCertificates() {}

  /** Returns the key and certificate of all tests that do not need their own. */
  public static KeyStore shared(String algorithm) {
    return SHARED.computeIfAbsent(
        algorithm,
        name -> {
          try {
            Path folder = Files.createTempDirectory("certificates");
            KeyStore keys = create(folder, name);
            Files.delete(folder);
            return keys;
          } catch (Exception failure) {
            throw new IllegalStateException(failure);
          }
        });
  }

  /** Creates a key and a self-signed certificate for {@code localhost}, valid for one day. */
  public static KeyStore create(Path folder, String algorithm) throws Exception {
    Path file = folder.resolve(algorithm + System.nanoTime() + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "kassa",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost",
                "-validity",
                "1",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes(), UTF_8);
    if (keytool.waitFor() != 0) {
      throw new IOException(output);
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream stream = Files.newInputStream(file)) {
      keys.load(stream, PASSWORD.toCharArray());
    }
    Files.delete(file);
    return keys;
  }

  /** Writes the key and the certificate as PEM files and returns the TLS configuration. */
  public static TlsConfig write(Path folder, KeyStore keys) throws Exception {
    Certificate certificate = keys.getCertificate("kassa");
    Key key = keys.getKey("kassa", PASSWORD.toCharArray());
    return new TlsConfig(
        Files.writeString(
            folder.resolve("chain.pem"), pem("CERTIFICATE", certificate.getEncoded())),
        Files.writeString(folder.resolve("key.pem"), pem("PRIVATE KEY", key.getEncoded())));
  }

  private static String pem(String what, byte[] bytes) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, text, what);
  }

  /** Returns a client that trusts this certificate. */
  public static HttpClient clientTrusting(KeyStore keys, HttpClient.Version version)
      throws Exception {
    return HttpClient.newBuilder().sslContext(clientTrusting(keys)).version(version).build();
  }

  public static SSLContext clientTrusting(KeyStore keys) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("kassa", keys.getCertificate("kassa"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
