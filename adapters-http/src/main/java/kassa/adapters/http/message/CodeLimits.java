package kassa.adapters.http.message;

import org.jspecify.annotations.Nullable;

/**
 * How often a code may be used.
 *
 * @param perCode the most orders that may use it
 */
public record CodeLimits(long perCode) {

  static @Nullable CodeLimits of(@Nullable Long limit) {
    return limit == null ? null : new CodeLimits(limit);
  }
}
