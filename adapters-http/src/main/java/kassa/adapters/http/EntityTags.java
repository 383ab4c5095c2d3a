package kassa.adapters.http;

import kassa.domain.order.Order;
import org.jspecify.annotations.Nullable;

/** Entity tags of orders: their version, in quotes. */
final class EntityTags {

  private EntityTags() {}

  static String of(Order order) {
    return "\"" + order.version() + "\"";
  }

  /** Whether an {@code If-None-Match} names this tag (RFC 9110, 13.1.2; compared weakly). */
  static boolean matches(@Nullable String ifNoneMatch, String tag) {
    if (ifNoneMatch == null) {
      return false;
    }
    for (String candidate : ifNoneMatch.split(",", -1)) {
      String stripped = candidate.strip();
      if (stripped.equals("*") || stripped.equals(tag) || stripped.equals("W/" + tag)) {
        return true;
      }
    }
    return false;
  }
}
