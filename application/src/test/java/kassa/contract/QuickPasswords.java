package kassa.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import kassa.application.port.out.Passwords;
import kassa.application.port.out.TooManyPasswordsException;
import org.jspecify.annotations.Nullable;

/**
 * Passwords that are hashed quickly, for tests. It counts how often that would have been slow, and
 * may be told to be crowded, and that its settings were weak until now.
 */
public final class QuickPasswords implements Passwords {

  private static final Set<String> COMMON = Set.of("password", "12345678", "password1");

  private final AtomicInteger salts = new AtomicInteger();
  private final AtomicInteger hashed = new AtomicInteger();
  private final AtomicInteger strength = new AtomicInteger(1);
  private final AtomicReference<@Nullable Runnable> meanwhile = new AtomicReference<>();
  private volatile boolean crowded;

  /** How many passwords were hashed, to keep them or to compare them. */
  public int hashed() {
    return hashed.get();
  }

  /** From now on too many passwords are being looked at, or not any more. */
  public void crowd(boolean from) {
    crowded = from;
  }

  /** This happens while the next password is looked at. */
  public void meanwhile(Runnable event) {
    meanwhile.set(event);
  }

  /** From now on all hashes that were made before are outdated. */
  public void strengthen() {
    strength.incrementAndGet();
  }

  @Override
  public String hash(String password) {
    return hash(strength.get(), salts.incrementAndGet(), password);
  }

  @Override
  public boolean matches(String password, String hash) {
    Runnable event = meanwhile.getAndSet(null);
    if (event != null) {
      event.run();
    }
    String[] parts = hash.split("\\$", -1);
    return hash(Integer.parseInt(parts[1]), Integer.parseInt(parts[2]), password).equals(hash);
  }

  @Override
  public boolean isOutdated(String hash) {
    return !hash.startsWith("quick$" + strength.get() + "$");
  }

  @Override
  public boolean isCommon(String password) {
    return COMMON.contains(password.toLowerCase(Locale.ROOT));
  }

  private String hash(int withStrength, int salt, String password) {
    if (crowded) {
      throw new TooManyPasswordsException();
    }
    hashed.incrementAndGet();
    return "quick$%d$%d$%s".formatted(withStrength, salt, sha256(salt + password));
  }

  static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException defect) {
      throw new AssertionError(defect);
    }
  }
}
