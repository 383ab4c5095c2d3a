package kassa.application.port.in;

import org.jspecify.annotations.Nullable;

/**
 * Where a call comes from.
 *
 * @param address an IP address
 * @param device what the caller uses, as it says itself, at most {@value #LONGEST_DEVICE}
 *     characters
 */
public record Origin(String address, @Nullable String device) {

  /** The most characters of a device that are kept. */
  public static final int LONGEST_DEVICE = 200;
}
