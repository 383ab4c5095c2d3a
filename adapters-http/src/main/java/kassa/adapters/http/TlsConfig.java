package kassa.adapters.http;

import java.nio.file.Path;

/**
 * What the server shows over TLS, in PEM. Read once, at the start.
 *
 * @param certificateFile the file of its certificate, and of those that lead to one that is trusted
 * @param keyFile the file of its private key: PKCS #8, of RSA or of elliptic curves, not encrypted
 */
public record TlsConfig(Path certificateFile, Path keyFile) {}
