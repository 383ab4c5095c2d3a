package kassa.adapters.http;

import java.nio.file.Path;

/**
 * PEM files of the TLS certificate. They are read once, when the server starts.
 *
 * @param certificateFile the certificate of the server, followed by the intermediate certificates
 * @param keyFile the private key: PKCS #8, RSA or elliptic curve, not encrypted
 */
public record TlsConfig(Path certificateFile, Path keyFile) {}
