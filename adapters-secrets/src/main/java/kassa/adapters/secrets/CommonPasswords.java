package kassa.adapters.secrets;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Common passwords: those of a bundled list, and those that consist of words of this application
 * with digits and symbols between. Thread-safe.
 */
final class CommonPasswords {

  private static final String RESOURCE = "/META-INF/kassa/common-passwords.txt";
  private static final String COMMENT = "#";

  /** Documented in docs/reference/limits.md. */
  private static final Predicate<String> APPLICATION_WORDS =
      Pattern.compile(
              "(kassa|kasse|admin|administrator|operator|customer|user|login|password|passwort"
                  + "|secret|welcome|order|orders|discount|coupon|shop|store|checkout|cashier"
                  + "|localhost|example)+")
          .asMatchPredicate();

  private static final Pattern NON_LETTERS = Pattern.compile("\\P{L}+");

  private CommonPasswords() {}

  /** Whether a password is common, case-insensitively. */
  static boolean contains(String password) {
    String lower = password.toLowerCase(Locale.ROOT);
    return ListHolder.PASSWORDS.contains(lower)
        || APPLICATION_WORDS.test(NON_LETTERS.matcher(lower).replaceAll(""));
  }

  /** Number of passwords in the list. */
  static int size() {
    return ListHolder.PASSWORDS.size();
  }

  /** Loads the list at the first use, which keeps the start fast. */
  private static final class ListHolder {

    static final Set<String> PASSWORDS = read();

    private static Set<String> read() {
      InputStream list =
          Objects.requireNonNull(CommonPasswords.class.getResourceAsStream(RESOURCE));
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))) {
        return lines
            .lines()
            .filter(line -> !line.startsWith(COMMENT))
            .collect(Collectors.toUnmodifiableSet());
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
  }
}
