package kassa.adapters.http.request;

import io.javalin.http.Context;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.regex.Pattern;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.ProblemKind;
import kassa.domain.catalogue.Product;
import kassa.domain.order.Order;
import kassa.domain.rule.StoredRule;
import kassa.domain.webhook.WebhookEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * Entity tags (ETag) and the comparisons of {@code If-Match} and {@code If-None-Match}. Jetty's
 * {@code QuotedCSV} was looked at: it throws an exception at a weak tag. Lists are split at commas,
 * because no tag of Kassa contains one.
 */
public final class EntityTags {

  private static final Pattern WEAK_TAG = Pattern.compile("(?:^|,)\\s*[Ww]/");

  private EntityTags() {}

  /** Returns the ETag of an order: its version in quotes. */
  public static String of(Order order) {
    return "\"" + order.version() + "\"";
  }

  /** Returns the ETag of an order with its pricing trace, which is a different representation. */
  public static String ofExplained(Order order) {
    return "\"" + order.version() + "-explained\"";
  }

  /**
   * Returns the ETag of a product: its version and creation time in quotes. The creation time is
   * needed because a product that is deleted and created again starts at version 1.
   */
  public static String of(Product product) {
    long created = ChronoUnit.MICROS.between(Instant.EPOCH, product.createdAt());
    return "\"" + product.version() + "-" + Long.toString(created, Character.MAX_RADIX) + "\"";
  }

  /** Returns the ETag of a rule: its revision in quotes. */
  public static String of(StoredRule rule) {
    return "\"" + rule.revision() + "\"";
  }

  /** Returns the ETag of a webhook endpoint: its version in quotes. */
  public static String of(WebhookEndpoint endpoint) {
    return "\"" + endpoint.version() + "\"";
  }

  /**
   * Returns whether {@code If-Match} matches this tag. Source: RFC 9110, 13.1.1. Strong comparison:
   * weak tags never match.
   *
   * @param ifMatch the list of the header; an empty list matches nothing
   */
  public static boolean matchesStrongly(String ifMatch, String tag) {
    return listContains(ifMatch, tag);
  }

  /**
   * Returns whether {@code If-None-Match} matches this tag. Source: RFC 9110, 13.1.2. Weak
   * comparison.
   */
  public static boolean matches(@Nullable String ifNoneMatch, String tag) {
    return ifNoneMatch != null
        && (listContains(ifNoneMatch, tag) || listContains(ifNoneMatch, "W/" + tag));
  }

  /** Whether a list has a tag, or is a star alone: within a tag, a star is a character. */
  private static boolean listContains(String list, String tag) {
    return list.strip().equals("*")
        || Arrays.stream(list.split(",", -1)).map(String::strip).anyMatch(tag::equals);
  }

  /**
   * Returns the problem of a request whose {@code If-Match} does not match. It explains weak tags,
   * which proxies that compress responses make of strong ones.
   *
   * @param what the resource, such as {@code order}
   */
  public static ProblemException preconditionFailed(Context context, String what) {
    String tags = RequestHeaders.list(context, "If-Match");
    boolean weak = tags != null && WEAK_TAG.matcher(tags).find();
    return new ProblemException(
        ProblemKind.PRECONDITION_FAILED,
        "Nothing was changed. If-Match does not match the current version of the "
            + what
            + (weak
                ? ". Weak tags never match: send the ETag without W/, as the server sent it."
                : "."));
  }
}
