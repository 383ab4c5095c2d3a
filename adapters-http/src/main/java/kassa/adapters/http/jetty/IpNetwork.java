package kassa.adapters.http.jetty;

import java.net.InetAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A network of addresses.
 *
 * @param base one of them
 * @param prefixLength how many of its first bits all have in common
 */
public record IpNetwork(InetAddress base, int prefixLength) {

  /** Of four numbers; shorter forms mean different addresses to different programs. */
  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}");

  /** Without a zone, which is known to one machine alone. */
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  /**
   * Reads an address, or an address, a slash and a length.
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
          "must be addresses or networks such as 10.0.0.0/8, with commas between");
    }
    return new IpNetwork(base, length);
  }

  /** The address that a text is, without asking anybody; {@code null} if it is none. */
  static @Nullable InetAddress parseAddress(String text) {
    try {
      return IPV4.matcher(text).matches() || IPV6.matcher(text).matches()
          ? InetAddress.ofLiteral(text)
          : null;
    } catch (IllegalArgumentException none) {
      return null;
    }
  }

  /** Whether an address is of this network. */
  boolean contains(InetAddress address) {
    byte[] mine = base.getAddress();
    byte[] other = address.getAddress();
    if (mine.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < prefixLength; bit++) {
      int mask = 1 << (Byte.SIZE - 1 - bit % Byte.SIZE);
      if (((mine[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  private static int parsePrefixLength(String text) {
    return text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : -1;
  }
}
