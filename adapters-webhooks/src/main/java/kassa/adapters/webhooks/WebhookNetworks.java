package kassa.adapters.webhooks;

import java.net.InetAddress;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Networks that webhooks may be sent to although they are not public, also without TLS.
 *
 * @param values IP addresses, or networks such as {@code 10.0.0.0/8}; empty for none
 */
public record WebhookNetworks(List<String> values) {

  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  /**
   * @throws IllegalArgumentException if an element is neither an IP address nor a network
   */
  public WebhookNetworks {
    values = List.copyOf(values);
    values.forEach(WebhookNetworks::parse);
  }

  /** Returns whether an address belongs to one of the networks. */
  boolean contains(InetAddress address) {
    return values.stream().anyMatch(network -> parse(network).contains(address));
  }

  private record Network(InetAddress base, int prefixLength) {

    boolean contains(InetAddress other) {
      byte[] own = base.getAddress();
      byte[] address = other.getAddress();
      if (address.length != own.length) {
        return false;
      }
      for (int bit = 0; bit < prefixLength; bit++) {
        int mask = 1 << (Byte.SIZE - 1 - bit % Byte.SIZE);
        if (((address[bit / Byte.SIZE] ^ own[bit / Byte.SIZE]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }

  private static Network parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    String length = slash < 0 ? "" : text.substring(slash + 1);
    if ((IPV4.matcher(address).matches() || IPV6.matcher(address).matches())
        && (slash < 0 || length.matches("[0-9]{1,3}"))) {
      InetAddress base = InetAddress.ofLiteral(address);
      int max = base.getAddress().length * Byte.SIZE;
      int prefixLength = slash < 0 ? max : Integer.parseInt(length);
      if (prefixLength <= max) {
        return new Network(base, prefixLength);
      }
    }
    throw new IllegalArgumentException(
        "must be comma-separated addresses or networks such as 10.0.0.0/8");
  }
}
