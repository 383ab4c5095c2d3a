package kassa.application.idempotency;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fingerprint of a request with an idempotency key: decides whether a request is a retry. Two JSON
 * bodies are equal if their canonical forms are; other bodies, and records of versions that stored
 * no canonical digest, are compared by their bytes.
 *
 * @param target method, path and query, such as {@code POST /v1/orders}
 * @param bodyDigest SHA-256 of the bytes of the body, in hexadecimal digits
 * @param jsonDigest SHA-256 of the canonical form of the body; {@code null} if it is not JSON or
 *     not known
 */
public record RequestFingerprint(String target, String bodyDigest, @Nullable String jsonDigest) {

  private static final String JSON_MARK = " json=";
  private static final Pattern STORED =
      Pattern.compile("(.*) ([0-9a-f]{64})(?:" + JSON_MARK + "([0-9a-f]{64}))?", Pattern.DOTALL);

  /** The part of a request that differs from the one that used its key first. */
  public enum Difference {
    /** The method or the path. */
    PATH,
    /** The query string. */
    QUERY,
    /** The body. */
    BODY
  }

  /** Parses the stored form; another text is a target without a digest. */
  static RequestFingerprint parse(String stored) {
    Matcher matcher = STORED.matcher(stored);
    return matcher.matches()
        ? new RequestFingerprint(matcher.group(1), matcher.group(2), matcher.group(3))
        : new RequestFingerprint(stored, "", null);
  }

  /**
   * Compares two stored forms.
   *
   * @return what differs; empty if they are the same request
   */
  public static Optional<Difference> difference(String one, String other) {
    return one.equals(other) ? Optional.empty() : parse(one).difference(parse(other));
  }

  private Optional<Difference> difference(RequestFingerprint other) {
    if (!path().equals(other.path())) {
      return Optional.of(Difference.PATH);
    }
    if (!target.equals(other.target)) {
      return Optional.of(Difference.QUERY);
    }
    boolean sameBody =
        (jsonDigest == null || other.jsonDigest == null)
            ? bodyDigest.equals(other.bodyDigest)
            : jsonDigest.equals(other.jsonDigest);
    return sameBody ? Optional.empty() : Optional.of(Difference.BODY);
  }

  private String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /** Returns the stored form. */
  @Override
  public String toString() {
    return target + " " + bodyDigest + (jsonDigest == null ? "" : JSON_MARK + jsonDigest);
  }
}
