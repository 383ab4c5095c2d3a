package kassa.adapters.http.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.ProblemKind;

/**
 * Tamper-proof cursors of keyset pagination: a position in a list, signed with HMAC-SHA-256 and the
 * key of the installation. Clients cannot create or change a cursor. Thread-safe.
 */
public final class Cursors {

  private static final String ALGORITHM = "HmacSHA256";

  /** Length of the truncated HMAC. */
  private static final int MAC_BYTES = 17;

  private final SecretKey key;

  /**
   * @param key the signing key; it must be the same on all nodes and after a restart
   */
  public Cursors(SecretKey key) {
    this.key = key;
  }

  /**
   * Returns the cursor of a position.
   *
   * @param search canonical text of the filters and the sort order; the cursor is valid only with
   *     the same text
   */
  public <P> String encode(CursorType<P> type, P position, String search) {
    byte[] encoded = type.encode().apply(position);
    // Padded with zero bytes, so that the length of the cursor is a multiple of three bytes: then
    // it has exactly one Base64 form.
    int length = 1 + encoded.length;
    int padded = length + Math.floorMod(-(length + MAC_BYTES), 3);
    byte[] signed = new byte[padded + MAC_BYTES];
    signed[0] = type.kind();
    System.arraycopy(encoded, 0, signed, 1, encoded.length);
    System.arraycopy(computeMac(signed, padded, search), 0, signed, padded, MAC_BYTES);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
  }

  /**
   * Returns the position of a cursor.
   *
   * @throws ProblemException if the cursor was not created with this key for the same list and
   *     search
   */
  public <P> P decode(CursorType<P> type, String cursor, String search) {
    byte[] signed = decodeBase64(cursor);
    int length = signed.length - MAC_BYTES;
    if (length <= 0
        || !MessageDigest.isEqual(
            Arrays.copyOfRange(signed, length, signed.length), computeMac(signed, length, search))
        || signed[0] != type.kind()) {
      throw invalid();
    }
    return type.decode().apply(Arrays.copyOfRange(signed, 1, length));
  }

  private byte[] computeMac(byte[] bytes, int length, String search) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(bytes, 0, length);
      return Arrays.copyOf(mac.doFinal(search.getBytes(UTF_8)), MAC_BYTES);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(ALGORITHM + " is not available", missing);
    }
  }

  private static byte[] decodeBase64(String cursor) {
    try {
      return Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException notBase64) {
      throw invalid();
    }
  }

  private static ProblemException invalid() {
    return new ProblemException(
        ProblemKind.INVALID_CURSOR,
        "cursor must be the nextCursor of an earlier response. All parameters except limit must be"
            + " the same as in that request.");
  }
}
