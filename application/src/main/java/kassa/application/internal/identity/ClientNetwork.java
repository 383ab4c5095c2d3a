package kassa.application.internal.identity;

import java.util.ArrayList;
import java.util.List;

/**
 * Networks of client IP addresses. The JDK and Jetty have no prefix of an address as a text, and
 * the application uses neither {@code java.net} nor Jetty, so that this class reads the text.
 */
final class ClientNetwork {

  private static final int GROUPS = 8;
  private static final int GROUPS_IN_PREFIX = 4;
  private static final int HEX = 16;

  private ClientNetwork() {}

  /**
   * Returns the key under which a client address is throttled: the address itself for IPv4, the /64
   * prefix for IPv6, because one client typically controls a whole /64 network. Other texts are
   * returned unchanged.
   */
  static String rateLimitKeyOf(String address) {
    String plain = withoutBracketsAndZone(address);
    if (!plain.contains(":")) {
      return plain;
    }
    if (plain.contains(".")) {
      return plain.substring(plain.lastIndexOf(':') + 1);
    }
    try {
      return ipv6Prefix(plain);
    } catch (NumberFormatException malformed) {
      return plain;
    }
  }

  private static String withoutBracketsAndZone(String address) {
    String plain = address.replace("[", "").replace("]", "");
    int zone = plain.indexOf('%');
    return zone < 0 ? plain : plain.substring(0, zone);
  }

  private static String ipv6Prefix(String plain) {
    int gap = plain.indexOf("::");
    List<String> groups = groups(gap < 0 ? plain : plain.substring(0, gap));
    if (gap >= 0) {
      List<String> tail = groups(plain.substring(gap + 2));
      while (groups.size() + tail.size() < GROUPS) {
        groups.add("0");
      }
      groups.addAll(tail);
    }
    StringBuilder network = new StringBuilder();
    for (String group : groups.subList(0, Math.min(GROUPS_IN_PREFIX, groups.size()))) {
      network.append(Integer.toHexString(Integer.parseInt(group, HEX))).append(':');
    }
    return network.append(":/64").toString();
  }

  private static List<String> groups(String text) {
    return text.isEmpty() ? new ArrayList<>() : new ArrayList<>(List.of(text.split(":", -1)));
  }
}
