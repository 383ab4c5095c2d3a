package kassa.adapters.http.jetty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads certificates and their private key from PEM. Source: RFC 7468. */
public final class PemKeyStore {

  private static final Pattern PRIVATE_KEY_PEM =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  private static final byte[] PROBE = {1};

  private PemKeyStore() {}

  /**
   * A store of the key and its certificates, without a password.
   *
   * @throws InvalidPemException if a file cannot be read, holds something else, or if the key is
   *     not that of the first certificate
   */
  public static KeyStore read(Path certificates, Path key) {
    Certificate[] chain = readCertificateChain(certificates);
    PrivateKey privateKey = readPrivateKey(key, chain[0].getPublicKey());
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("kassa", privateKey, new char[0], chain);
      return store;
    } catch (GeneralSecurityException | IOException failure) {
      throw new InvalidPemException(certificates + " is no certificate that can be shown", failure);
    }
  }

  private static Certificate[] readCertificateChain(Path file) {
    try {
      Collection<? extends Certificate> read =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(readFile(file)));
      if (read.isEmpty()) {
        throw new InvalidPemException(file + " holds no certificate in PEM");
      }
      return read.toArray(Certificate[]::new);
    } catch (CertificateException otherwise) {
      throw new InvalidPemException(
          file + " must hold certificates in PEM, the server's own first", otherwise);
    }
  }

  private static PrivateKey readPrivateKey(Path file, PublicKey publicKey) {
    Matcher pem = PRIVATE_KEY_PEM.matcher(new String(readFile(file), ISO_8859_1));
    if (!pem.find()) {
      throw new InvalidPemException(
          file
              + " must hold a key in PEM that begins with BEGIN PRIVATE KEY: PKCS #8, and not"
              + " encrypted; openssl pkcs8 -topk8 -nocrypt makes one");
    }
    String algorithm = publicKey.getAlgorithm();
    if (!algorithm.equals("RSA") && !algorithm.equals("EC")) {
      throw new InvalidPemException(
          "the certificate must be for a key of RSA or of elliptic curves");
    }
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(pem.group(1));
      PrivateKey key =
          KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
      requireMatchingKey(file, key, publicKey);
      return key;
    } catch (GeneralSecurityException | IllegalArgumentException otherwise) {
      throw new InvalidPemException(
          file + " must hold the private key of the first certificate", otherwise);
    }
  }

  /** Or every client would be refused, one by one, and nobody would know why. */
  private static void requireMatchingKey(Path file, PrivateKey key, PublicKey publicKey)
      throws GeneralSecurityException {
    String algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
    Signature signing = Signature.getInstance(algorithm);
    signing.initSign(key);
    signing.update(PROBE);
    byte[] signature = signing.sign();
    Signature checking = Signature.getInstance(algorithm);
    checking.initVerify(publicKey);
    checking.update(PROBE);
    if (!checking.verify(signature)) {
      throw new InvalidPemException(file + " holds another key than that of the first certificate");
    }
  }

  private static byte[] readFile(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw new InvalidPemException(file + " cannot be read", unreadable);
    }
  }
}
