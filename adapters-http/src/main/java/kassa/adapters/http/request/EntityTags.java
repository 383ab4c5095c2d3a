package kassa.adapters.http.request;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import kassa.domain.catalogue.Product;
import kassa.domain.order.Order;
import kassa.domain.rule.StoredRule;
import org.jspecify.annotations.Nullable;

/** Entity tags, and what conditional requests say of them. */
public final class EntityTags {

  private EntityTags() {}

  /** The version of the order, in quotes. */
  public static String of(Order order) {
    return "\"" + order.version() + "\"";
  }

  /** That of the order together with its trace, which is another body. */
  public static String ofExplained(Order order) {
    return "\"" + order.version() + "-explained\"";
  }

  /**
   * The version of the product and when it was created, in quotes: a product that was deleted and
   * created again begins with version 1 once more, and is another one.
   */
  public static String of(Product product) {
    long created = ChronoUnit.MICROS.between(Instant.EPOCH, product.createdAt());
    return "\"" + product.version() + "-" + Long.toString(created, Character.MAX_RADIX) + "\"";
  }

  /** The revision of the rule, in quotes. */
  public static String of(StoredRule rule) {
    return "\"" + rule.revision() + "\"";
  }

  /**
   * Whether an {@code If-Match} names this tag (RFC 9110, 13.1.1; compared strongly, so that no
   * weak tag does).
   *
   * @param ifMatch the header's list; one that is empty names nothing
   */
  public static boolean matchesStrongly(String ifMatch, String tag) {
    for (String candidate : ifMatch.split(",", -1)) {
      String stripped = candidate.strip();
      if (stripped.equals("*") || stripped.equals(tag)) {
        return true;
      }
    }
    return false;
  }

  /** Whether an {@code If-None-Match} names this tag (RFC 9110, 13.1.2; compared weakly). */
  public static boolean matches(@Nullable String ifNoneMatch, String tag) {
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
