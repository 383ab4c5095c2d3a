package kassa.adapters.http.code;

import org.jspecify.annotations.Nullable;

/**
 * Usage limit of a code.
 *
 * @param perCode maximum number of orders that can use the code
 */
public record CodeLimitsResponse(long perCode) {

  static @Nullable CodeLimitsResponse of(@Nullable Long limit) {
    return limit == null ? null : new CodeLimitsResponse(limit);
  }
}
