package kassa.adapters.http;

import java.net.InetAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A network of addresses.
 *
 * @param base one of them
 * @param prefix how many of its first bits all have in common
 */
record Network(InetAddress base, int prefix) {

  /** Of four numbers; shorter forms mean different addresses to different programs. */
  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}");

  /** Without a zone, which is known to one machine alone. */
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  /**
   * Reads an address, or an address, a slash and a length.
   *
   * @throws IllegalArgumentException if the text is neither
   */
  static Network parse(String text) {
    int slash = text.indexOf('/');
    InetAddress base = address(slash < 0 ? text : text.substring(0, slash));
    int longest = base == null ? -1 : base.getAddress().length * Byte.SIZE;
    int prefix = slash < 0 ? longest : length(text.substring(slash + 1));
    if (base == null || prefix < 0 || prefix > longest) {
      throw new IllegalArgumentException(
          "must be addresses or networks such as 10.0.0.0/8, with commas between");
    }
    return new Network(base, prefix);
  }

  /** The address that a text is, without asking anybody; {@code null} if it is none. */
  static @Nullable InetAddress address(String text) {
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
    for (int bit = 0; bit < prefix; bit++) {
      int mask = 1 << (Byte.SIZE - 1 - bit % Byte.SIZE);
      if (((mine[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  private static int length(String text) {
    return text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : -1;
  }
}
