package kassa.adapters.http.code;

import org.jspecify.annotations.Nullable;

/**
 * How often a code may be used.
 *
 * @param perCode the most orders that may use it
 */
public record CodeLimitsResponse(long perCode) {

  static @Nullable CodeLimitsResponse of(@Nullable Long limit) {
    return limit == null ? null : new CodeLimitsResponse(limit);
  }
}
