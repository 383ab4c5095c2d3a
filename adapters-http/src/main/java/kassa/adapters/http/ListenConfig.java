package kassa.adapters.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * The address that the server listens on.
 *
 * @param host the host name or IP address
 * @param port the port, 0 to 65,535; 0 for any free port
 * @param tls the certificate for HTTPS; {@code null} for plain HTTP
 */
public record ListenConfig(String host, int port, @Nullable TlsConfig tls) {

  /** Whether only programs on this machine can connect. */
  public boolean isLoopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      return false;
    }
  }
}
