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

/** Reads a TLS certificate chain and its private key from PEM files. Source: RFC 7468. */
public final class PemKeyStore {

  private static final Pattern PRIVATE_KEY_PEM =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  private static final byte[] PROBE = {1};

  private PemKeyStore() {}

  /**
   * Returns a key store with the private key and its certificate chain, without a password.
   *
   * @throws InvalidPemException if a file cannot be read or is invalid, or if the key does not
   *     match the first certificate
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
      throw new InvalidPemException(certificates + " is not a usable certificate", failure);
    }
  }

  private static Certificate[] readCertificateChain(Path file) {
    try {
      Collection<? extends Certificate> read =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(readFile(file)));
      if (read.isEmpty()) {
        throw new InvalidPemException(file + " contains no PEM certificate");
      }
      return read.toArray(Certificate[]::new);
    } catch (CertificateException invalid) {
      throw new InvalidPemException(
          file + " must contain PEM certificates, the server certificate first", invalid);
    }
  }

  private static PrivateKey readPrivateKey(Path file, PublicKey publicKey) {
    Matcher pem = PRIVATE_KEY_PEM.matcher(new String(readFile(file), ISO_8859_1));
    if (!pem.find()) {
      throw new InvalidPemException(
          file
              + " must contain an unencrypted PKCS #8 key in PEM, which starts with BEGIN PRIVATE"
              + " KEY; openssl pkcs8 -topk8 -nocrypt converts a key");
    }
    String algorithm = publicKey.getAlgorithm();
    if (!algorithm.equals("RSA") && !algorithm.equals("EC")) {
      throw new InvalidPemException("the certificate must have an RSA or EC key");
    }
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(pem.group(1));
      PrivateKey key =
          KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
      requireMatchingKey(file, key, publicKey);
      return key;
    } catch (GeneralSecurityException | IllegalArgumentException invalid) {
      throw new InvalidPemException(
          file + " must contain the private key of the first certificate", invalid);
    }
  }

  /**
   * Checks by a test signature that the key matches the certificate. A mismatch would only show up
   * as failed TLS handshakes of all clients.
   */
  private static void requireMatchingKey(Path file, PrivateKey key, PublicKey publicKey)
      throws GeneralSecurityException {
    String algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
    Signature signer = Signature.getInstance(algorithm);
    signer.initSign(key);
    signer.update(PROBE);
    byte[] signature = signer.sign();
    Signature verifier = Signature.getInstance(algorithm);
    verifier.initVerify(publicKey);
    verifier.update(PROBE);
    if (!verifier.verify(signature)) {
      throw new InvalidPemException(file + " does not match the first certificate");
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
