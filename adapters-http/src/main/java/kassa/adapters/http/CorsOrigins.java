package kassa.adapters.http;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Origins for CORS: besides the server's own origin, their scripts may call the API and read the
 * responses. They authenticate by a session token or an API key, not by a cookie. Source: Fetch
 * Standard, CORS.
 *
 * @param values origins as browsers send them, such as {@code https://shop.example}; empty for none
 */
public record CorsOrigins(List<String> values) {

  private static final Pattern ORIGIN =
      Pattern.compile("https?://([a-z0-9.-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?");

  /**
   * @throws IllegalArgumentException if an element is not an origin
   */
  public CorsOrigins {
    values = List.copyOf(values);
    if (!values.stream().allMatch(name -> ORIGIN.matcher(name).matches())) {
      throw new IllegalArgumentException("must be origins such as https://shop.example");
    }
  }
}
