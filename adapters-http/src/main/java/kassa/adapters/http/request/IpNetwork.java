package kassa.adapters.http.request;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * IPv4 or IPv6 network in CIDR notation. Jetty's {@code InetAddressSet} was looked at: it looks up
 * host names in DNS and refuses {@code 192.0.2.1/31}, so that the checks of this class would stay.
 *
 * @param base an address of the network
 * @param prefixLength the number of leading bits that all addresses share
 */
public record IpNetwork(InetAddress base, int prefixLength) {

  /** The part of an IPv6 address that its network gets from the provider. */
  private static final int CLIENT_BYTES = 8;

  /** Four numbers only; programs interpret shorter forms differently. */
  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}");

  /** Without a zone, which is valid only on one machine. */
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  /**
   * Parses an address, or a network such as {@code 10.0.0.0/8}.
   *
   * @throws IllegalArgumentException if the text is neither
   */
  public static IpNetwork parse(String text) {
    int slash = text.indexOf('/');
    InetAddress base = parseAddress(slash < 0 ? text : text.substring(0, slash));
    int maxLength = base == null ? -1 : base.getAddress().length * Byte.SIZE;
    int length = slash < 0 ? maxLength : parsePrefixLength(text.substring(slash + 1));
    if (base == null || length < 0 || length > maxLength) {
      throw new IllegalArgumentException(
          "must be comma-separated addresses or networks such as 10.0.0.0/8");
    }
    return new IpNetwork(base, length);
  }

  /**
   * Returns the network that one client has all addresses of: one IPv4 address, or the IPv6
   * addresses with the same first 64 bits.
   */
  public static IpNetwork ofClient(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length <= CLIENT_BYTES) {
      return new IpNetwork(address, bytes.length * Byte.SIZE);
    }
    try {
      byte[] first = Arrays.copyOf(Arrays.copyOf(bytes, CLIENT_BYTES), bytes.length);
      return new IpNetwork(InetAddress.getByAddress(first), CLIENT_BYTES * Byte.SIZE);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Returns the network of a client as {@link #ofClient(InetAddress)} does, in the text form of a
   * request; an unknown form is returned as it is.
   */
  public static String keyOfClient(String address) {
    InetAddress parsed = parseAddress(withoutBracketsAndZone(address));
    return parsed == null ? address : ofClient(parsed).base().getHostAddress();
  }

  private static String withoutBracketsAndZone(String address) {
    return address.replaceAll("[\\[\\]]|%.*", "");
  }

  /** Parses an IP address without a DNS lookup; {@code null} if the text is not one. */
  public static @Nullable InetAddress parseAddress(String text) {
    try {
      return IPV4.matcher(text).matches() || IPV6.matcher(text).matches()
          ? InetAddress.ofLiteral(text)
          : null;
    } catch (IllegalArgumentException invalid) {
      return null;
    }
  }

  /** Returns whether an address, in the text form of a request, belongs to this network. */
  public boolean contains(String address) {
    InetAddress parsed = parseAddress(withoutBracketsAndZone(address));
    return parsed != null && contains(parsed);
  }

  /** Returns whether an address belongs to this network. */
  public boolean contains(InetAddress address) {
    byte[] own = base.getAddress();
    byte[] other = address.getAddress();
    if (own.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < prefixLength; bit++) {
      int mask = 1 << (Byte.SIZE - 1 - bit % Byte.SIZE);
      if (((own[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  private static int parsePrefixLength(String text) {
    return text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : -1;
  }
}
