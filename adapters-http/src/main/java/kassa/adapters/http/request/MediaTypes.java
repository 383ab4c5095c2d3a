package kassa.adapters.http.request;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a request says of the forms that bodies have, as far as the server has a choice. */
public final class MediaTypes {

  private static final Pattern JSON_IN_UTF_8 = inUtf8("application/json");
  private static final Pattern NDJSON_IN_UTF_8 = inUtf8("application/x-ndjson");

  /** A weight below one; one is that of ranges that say nothing. */
  private static final Pattern WEIGHT = Pattern.compile("q=0(?:\\.([0-9]{0,3}))?");

  private static final int MAX_WEIGHT = 1_000;

  private MediaTypes() {}

  /** Whether a {@code Content-Type} is JSON as it is read here: in UTF-8. */
  static boolean isJson(@Nullable String contentType) {
    return contentType != null && JSON_IN_UTF_8.matcher(contentType.strip()).matches();
  }

  /** Whether a {@code Content-Type} is JSON in lines as it is read here: in UTF-8. */
  public static boolean isNdjson(@Nullable String contentType) {
    return contentType != null && NDJSON_IN_UTF_8.matcher(contentType.strip()).matches();
  }

  /**
   * Whether an {@code Accept} header admits a media type.
   *
   * @param accept the header; everything is admitted without it
   * @param mediaType such as {@code application/json}
   */
  static boolean accepts(@Nullable String accept, String mediaType) {
    return weight(accept, mediaType) > 0;
  }

  /**
   * The media type that an {@code Accept} header likes best; the first of those that it likes the
   * same.
   *
   * @return {@code null} if it admits none of them
   */
  public static @Nullable String bestMatch(@Nullable String accept, List<String> mediaTypes) {
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

  /** Whether an {@code Accept-Encoding} header admits gzip (RFC 9110, 12.5.3). */
  public static boolean acceptsGzip(@Nullable String acceptEncoding) {
    if (acceptEncoding == null) {
      return false;
    }
    for (String encoding : new String[] {"gzip", "x-gzip", "*"}) {
      int weight = weightOf(acceptEncoding, encoding);
      if (weight >= 0) {
        return weight > 0;
      }
    }
    return false;
  }

  /**
   * How much an {@code Accept} header wants a media type, in thousandths (RFC 9110, 12.5.1). The
   * most specific range that matches decides; a weight of zero refuses.
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

  /** The weight of the first range that is this one; -1 if there is none. */
  private static int weightOf(String header, String mediaRange) {
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
        Pattern.quote(mediaType) + "\\s*(;\\s*charset=\"?utf-8\"?\\s*)?", Pattern.CASE_INSENSITIVE);
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
