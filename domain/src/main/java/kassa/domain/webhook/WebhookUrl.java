package kassa.domain.webhook;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;

/**
 * Address of a receiver: {@code https} or {@code http}, a host in one of its usual forms, a port,
 * and a path with a query. Forms that programs read differently are refused: user info, fragments,
 * backslashes, escapes in the host, and IPv4 addresses other than four decimal numbers. Whether
 * Kassa may connect to the host is checked elsewhere, because that depends on name servers.
 *
 * @param value the address, 1 to {@value #MAX_LENGTH} printable ASCII characters
 */
public record WebhookUrl(String value) {

  /** The maximum length, in characters. */
  public static final int MAX_LENGTH = 2_000;

  private static final int MAX_HOST_LENGTH = 253;
  private static final int HTTPS_PORT = 443;
  private static final int HTTP_PORT = 80;
  private static final int MAX_PORT = 65_535;

  /** Scheme, host, port, and the rest: path and query without a fragment. */
  private static final Pattern FORM =
      Pattern.compile(
          "(https?)://(\\[[0-9a-fA-F:.]{2,45}]|[A-Za-z0-9.-]+)(?::([0-9]{1,5}))?"
              + "((?:[/?][A-Za-z0-9._~!$&'()*+,;=:@/?%-]*)?)");

  private static final Pattern LABELS =
      Pattern.compile(
          "(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)*"
              + "[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?");

  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");

  private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  /**
   * Validates the form.
   *
   * @throws InvalidValueException if the text is not an address of this form
   */
  public WebhookUrl {
    if (value.length() > MAX_LENGTH) {
      throw new InvalidValueException(
          Reason.TOO_LONG, "url must have at most " + MAX_LENGTH + " characters");
    }
    Matcher parts = parts(value);
    String host = parts.group(2);
    boolean isAddress = host.startsWith("[") || IPV4.matcher(host).matches();
    if (!isAddress && (host.length() > MAX_HOST_LENGTH || !LABELS.matcher(host).matches())) {
      throw malformed();
    }
    String port = parts.group(3);
    if (port != null && (Integer.parseInt(port) < 1 || Integer.parseInt(port) > MAX_PORT)) {
      throw malformed();
    }
    if (BROKEN_ESCAPE.matcher(parts.group(4)).find()) {
      throw malformed();
    }
  }

  /** Whether the address is one of TLS. */
  public boolean isSecure() {
    return value.startsWith("https:");
  }

  /** The name or the IP address of the host, an IPv6 address without its brackets. */
  public String host() {
    String host = parts(value).group(2);
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** The port, 1 to 65,535. */
  public int port() {
    String port = parts(value).group(3);
    return port != null ? Integer.parseInt(port) : isSecure() ? HTTPS_PORT : HTTP_PORT;
  }

  /** Without the path and the query, which may contain a secret. */
  @Override
  public String toString() {
    Matcher parts = parts(value);
    return parts.group(1) + "://" + parts.group(2);
  }

  private static Matcher parts(String value) {
    Matcher parts = FORM.matcher(value);
    if (!parts.matches()) {
      throw malformed();
    }
    return parts;
  }

  private static InvalidValueException malformed() {
    return new InvalidValueException(
        Reason.MALFORMED,
        "url must be https://HOST or https://HOST:PORT with a path and a query, in ASCII, without"
            + " user info and fragment; an IPv4 address must be four decimal numbers");
  }
}
