package kassa.bootstrap.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kassa.adapters.http.CorsOrigins;
import kassa.adapters.http.HttpConfig;
import kassa.adapters.http.HttpLimits;
import kassa.adapters.http.ListenConfig;
import kassa.adapters.http.TlsConfig;
import kassa.adapters.http.TrustedProxies;
import org.jspecify.annotations.Nullable;

/** Reads the settings of the HTTP server. */
final class HttpSettings {

  private HttpSettings() {}

  static HttpConfig read(SettingReader reader) {
    return new HttpConfig(
        new ListenConfig(
            reader.read(Setting.HOST, HttpSettings::parseHost),
            reader.read(Setting.PORT, text -> SettingParsers.parseInt(text, 0, 65_535)),
            readTls(reader)),
        new HttpLimits(
            reader.read(Setting.MAX_REQUESTS, text -> SettingParsers.parseInt(text, 1, 10_000)),
            reader.read(Setting.MAX_STREAMS, text -> SettingParsers.parseInt(text, 1, 1_000)),
            reader.read(
                Setting.MAX_CONNECTIONS, text -> SettingParsers.parseInt(text, 16, 100_000)),
            reader.read(
                Setting.MAX_CONNECTIONS_PER_ADDRESS,
                text -> SettingParsers.parseInt(text, 8, 100_000)),
            reader.read(Setting.STOP_TIMEOUT, SettingParsers::parseTimeout)),
        reader.read(Setting.PROXIES, text -> new TrustedProxies(SettingParsers.parseList(text))),
        reader.read(Setting.CORS_ORIGINS, text -> new CorsOrigins(SettingParsers.parseList(text))),
        readManagement(reader),
        reader.read(Setting.ACCESS_LOG, SettingParsers::parseBoolean));
  }

  private static @Nullable ListenConfig readManagement(SettingReader reader) {
    String host = reader.read(Setting.MANAGEMENT_HOST, HttpSettings::parseHost);
    Integer port =
        reader.read(
            Setting.MANAGEMENT_PORT,
            text -> text.isEmpty() ? null : SettingParsers.parseInt(text, 0, 65_535));
    return port == null ? null : new ListenConfig(host, port, null);
  }

  /** Returns the configuration of a server that only the command itself uses. */
  static HttpConfig forCommand(HttpConfig config) {
    return new HttpConfig(
        new ListenConfig("127.0.0.1", 0, null),
        config.limits(),
        new TrustedProxies(List.of()),
        new CorsOrigins(List.of()));
  }

  private static String parseHost(String host) {
    try {
      if (!host.isEmpty() && InetAddress.getByName(host) != null) {
        return host;
      }
    } catch (UnknownHostException unknown) {
      throw new IllegalArgumentException("must be an address of this machine", unknown);
    }
    throw new IllegalArgumentException("must be an address of this machine, such as 127.0.0.1");
  }

  private static @Nullable TlsConfig readTls(SettingReader reader) {
    Path certificate = reader.read(Setting.TLS_CERTIFICATE, HttpSettings::parseReadableFile);
    Path key = reader.read(Setting.TLS_KEY, HttpSettings::parseReadableFile);
    if (certificate != null && key != null) {
      return new TlsConfig(certificate, key);
    }
    if (certificate != null || key != null) {
      reader.addError(
          certificate == null ? Setting.TLS_CERTIFICATE : Setting.TLS_KEY,
          "certificate and key must be set together");
    }
    return null;
  }

  private static @Nullable Path parseReadableFile(String text) {
    if (text.isEmpty()) {
      return null;
    }
    Path file = Path.of(text).toAbsolutePath();
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException("must be a readable file");
    }
    return file;
  }
}
