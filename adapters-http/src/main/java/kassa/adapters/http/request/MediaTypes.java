package kassa.adapters.http.request;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Content negotiation: checks {@code Content-Type} and {@code Accept}. Jetty's {@code
 * QuotedQualityCSV} was looked at: it throws an exception at a header with a misplaced quote or
 * space, takes quality values such as NaN or -1, and leaves the choice of the most specific range
 * to its caller.
 */
public final class MediaTypes {

  private static final String PROBLEM_JSON = "application/problem+json";
  private static final Pattern JSON_IN_UTF_8 = inUtf8("application/json");
  private static final Pattern NDJSON_IN_UTF_8 = inUtf8("application/x-ndjson");

  /** Quality value below 1; a range without a quality value has 1. */
  private static final Pattern WEIGHT = Pattern.compile("q=0(?:\\.([0-9]{0,3}))?");

  private static final int MAX_WEIGHT = 1_000;

  private MediaTypes() {}

  /** Returns whether a {@code Content-Type} is JSON in UTF-8. */
  static boolean isJson(@Nullable String contentType) {
    return contentType != null && JSON_IN_UTF_8.matcher(contentType.strip()).matches();
  }

  /** Returns whether a {@code Content-Type} is NDJSON in UTF-8. */
  public static boolean isNdjson(@Nullable String contentType) {
    return contentType != null && NDJSON_IN_UTF_8.matcher(contentType.strip()).matches();
  }

  /** Returns whether a {@code Content-Encoding} leaves the body as it is. */
  static boolean isIdentity(@Nullable String contentEncoding) {
    if (contentEncoding == null) {
      return true;
    }
    for (String coding : contentEncoding.split(",", -1)) {
      String name = coding.strip();
      if (!name.isEmpty() && !name.equalsIgnoreCase("identity")) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns whether an {@code Accept} header accepts a media type.
   *
   * @param accept the header; without it, every media type is accepted
   * @param mediaType such as {@code application/json}
   */
  static boolean accepts(@Nullable String accept, String mediaType) {
    return weight(accept, mediaType) > 0;
  }

  /**
   * Returns the media type with the highest quality value in an {@code Accept} header; the first
   * one if several are equal.
   *
   * @return {@code null} if none of them is accepted
   */
  static @Nullable String bestMatch(@Nullable String accept, List<String> mediaTypes) {
    String best = null;
    int maxWeight = 0;
    for (String mediaType : mediaTypes) {
      int weight = weight(accept, mediaType);
      if (weight > maxWeight) {
        best = mediaType;
        maxWeight = weight;
      }
    }
    return best;
  }

  /**
   * Returns the media type of a successful response: the best match, or the first one if the client
   * names only the media type of problems. Generated clients send that for calls whose success has
   * no body, and every endpoint can answer with a problem.
   *
   * @return {@code null} if none is acceptable
   */
  public static @Nullable String select(@Nullable String accept, List<String> mediaTypes) {
    String best = bestMatch(accept, mediaTypes);
    return best == null && accept != null && weightOf(accept, PROBLEM_JSON) > 0
        ? mediaTypes.getFirst()
        : best;
  }

  /**
   * Returns the quality value of a media type in an {@code Accept} header, in thousandths (RFC
   * 9110, 12.5.1). The most specific matching range decides; 0 means not accepted.
   */
  private static int weight(@Nullable String accept, String mediaType) {
    if (accept == null || accept.isBlank()) {
      return MAX_WEIGHT;
    }
    String anyOfType = mediaType.substring(0, mediaType.indexOf('/')) + "/*";
    for (String wanted : new String[] {mediaType, anyOfType, "*/*"}) {
      int weight = weightOf(accept, wanted);
      if (weight >= 0) {
        return weight;
      }
    }
    return 0;
  }

  /** Returns the quality value of the first range equal to this one; -1 if there is none. */
  static int weightOf(String header, String mediaRange) {
    for (String range : header.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = range.split(";", -1);
      if (parts[0].strip().equals(mediaRange)) {
        return weightOf(parts);
      }
    }
    return -1;
  }

  private static Pattern inUtf8(String mediaType) {
    return Pattern.compile(
        Pattern.quote(mediaType) + "\\s*(;\\s*)*(;\\s*charset=(utf-?8|\"utf-?8\")\\s*(;\\s*)*)?",
        Pattern.CASE_INSENSITIVE);
  }

  private static int weightOf(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      Matcher weight = WEIGHT.matcher(parts[i].strip());
      if (weight.matches()) {
        String digits = weight.group(1) == null ? "" : weight.group(1);
        return Integer.parseInt((digits + "000").substring(0, 3));
      }
    }
    return MAX_WEIGHT;
  }
}
