package kassa.application.port.in.identity;

import org.jspecify.annotations.Nullable;

/**
 * Where a call comes from.
 *
 * @param address an IP address
 * @param device what the caller uses, as it says itself, at most {@value #MAX_DEVICE_LENGTH}
 *     characters
 */
public record ClientInfo(String address, @Nullable String device) {

  /** The most characters of a device that are kept. */
  public static final int MAX_DEVICE_LENGTH = 200;
}
