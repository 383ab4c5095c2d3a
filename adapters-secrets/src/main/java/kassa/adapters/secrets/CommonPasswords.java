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
 * The passwords that are tried first: those of a list that ships, and those that are nothing but
 * words of this house, with digits and signs between.
 */
final class CommonPasswords {

  private static final String RESOURCE = "/META-INF/kassa/common-passwords.txt";
  private static final String COMMENT = "#";

  /** Documented in docs/security.md. */
  private static final Predicate<String> APPLICATION_WORDS =
      Pattern.compile(
              "(kassa|kasse|admin|administrator|operator|customer|user|login|password|passwort"
                  + "|secret|welcome|order|orders|discount|coupon|shop|store|checkout|cashier"
                  + "|localhost|example)+")
          .asMatchPredicate();

  private static final Pattern NON_LETTERS = Pattern.compile("\\P{L}+");

  private CommonPasswords() {}

  /** Whether it is one of them, whatever the case of its letters. */
  static boolean contains(String password) {
    String lower = password.toLowerCase(Locale.ROOT);
    return ListHolder.PASSWORDS.contains(lower)
        || APPLICATION_WORDS.test(NON_LETTERS.matcher(lower).replaceAll(""));
  }

  /** How many the list has. */
  static int size() {
    return ListHolder.PASSWORDS.size();
  }

  /** Read when somebody chooses a password, and not at every start. */
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
