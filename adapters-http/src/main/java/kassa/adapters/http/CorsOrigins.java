package kassa.adapters.http;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The origins whose pages may call by scripts and read what is answered, besides those of this
 * server. They show a token or a key: cookies are not for them. Source: Fetch Standard, CORS.
 *
 * @param values origins as browsers send them, such as {@code https://shop.example}; none if empty
 */
public record CorsOrigins(List<String> values) {

  private static final Pattern ORIGIN =
      Pattern.compile("https?://([a-z0-9.-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?");

  /**
   * @throws IllegalArgumentException if one of them is no origin
   */
  public CorsOrigins {
    values = List.copyOf(values);
    if (!values.stream().allMatch(name -> ORIGIN.matcher(name).matches())) {
      throw new IllegalArgumentException("must be origins such as https://shop.example");
    }
  }
}
