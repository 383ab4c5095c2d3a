package kassa.application.port.in.identity;

import org.jspecify.annotations.Nullable;

/**
 * Client address and device of a request, for sessions and the audit log.
 *
 * @param address the IP address of the client
 * @param device the device as reported by the client, at most {@value #MAX_DEVICE_LENGTH}
 *     characters; {@code null} if not reported
 */
public record ClientInfo(String address, @Nullable String device) {

  /** Maximum number of stored characters of a device. */
  public static final int MAX_DEVICE_LENGTH = 200;
}
