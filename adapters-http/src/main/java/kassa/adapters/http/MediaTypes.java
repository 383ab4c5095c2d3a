package kassa.adapters.http;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a request says of the forms that bodies have, as far as the server has a choice. */
final class MediaTypes {

  private static final Pattern JSON_IN_UTF_8 = inUtf8("application/json");
  private static final Pattern NDJSON_IN_UTF_8 = inUtf8("application/x-ndjson");

  private MediaTypes() {}

  /** Whether a {@code Content-Type} is JSON as it is read here: in UTF-8. */
  static boolean isJson(@Nullable String contentType) {
    return contentType != null && JSON_IN_UTF_8.matcher(contentType.strip()).matches();
  }

  /** Whether a {@code Content-Type} is JSON in lines as it is read here: in UTF-8. */
  static boolean isNdjson(@Nullable String contentType) {
    return contentType != null && NDJSON_IN_UTF_8.matcher(contentType.strip()).matches();
  }

  /**
   * Whether an {@code Accept} header admits a media type (RFC 9110, 12.5.1). The most specific
   * range that matches decides; a weight of zero refuses.
   *
   * @param accept the header; everything is admitted without it
   * @param mediaType such as {@code application/json}
   */
  static boolean accepts(@Nullable String accept, String mediaType) {
    if (accept == null || accept.isBlank()) {
      return true;
    }
    String anyOfType = mediaType.substring(0, mediaType.indexOf('/')) + "/*";
    for (String wanted : new String[] {mediaType, anyOfType, "*/*"}) {
      for (String range : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
        String[] parts = range.split(";", -1);
        if (parts[0].strip().equals(wanted)) {
          return !isRefused(parts);
        }
      }
    }
    return false;
  }

  private static Pattern inUtf8(String mediaType) {
    return Pattern.compile(
        Pattern.quote(mediaType) + "\\s*(;\\s*charset=\"?utf-8\"?\\s*)?", Pattern.CASE_INSENSITIVE);
  }

  private static boolean isRefused(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      if (parts[i].strip().matches("q=0(\\.0{0,3})?")) {
        return true;
      }
    }
    return false;
  }
}
