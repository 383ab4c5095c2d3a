package kassa.adapters.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import kassa.application.port.out.identity.PasswordHasher;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Argon2PasswordHasherTest {

  private static final String PASSWORD = "kindly open the till";
  private static final Argon2Cost LOW_COST = new Argon2Cost(64, 1, 1);

  private final PasswordHasher passwords = of(LOW_COST);

  private static PasswordHasher of(Argon2Cost settings) {
    return new Argon2PasswordHasher(
        settings, new SecureRandom(), new HashingBulkhead(1, 1, Duration.ofSeconds(10)));
  }

  /** Source: RFC 9106, 5.3. */
  @Test
  void computes_the_test_vector_of_rfc_9106() {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(32)
            .withIterations(3)
            .withParallelism(4)
            .withSalt(repeated(2, 16))
            .withSecret(repeated(3, 8))
            .withAdditional(repeated(4, 12))
            .build());
    byte[] tag = new byte[32];
    generator.generateBytes(repeated(1, 32), tag);

    assertThat(HexFormat.of().formatHex(tag))
        .isEqualTo("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
  }

  private static byte[] repeated(int value, int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  /** Source: the reference implementation of Argon2. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc",
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
      })
  void verifies_hashes_of_the_reference_implementation(String hash) {
    assertThat(passwords.matches("password", hash)).isTrue();
    assertThat(passwords.matches("passwore", hash)).isFalse();
  }

  @Test
  void hash_contains_its_cost_parameters() {
    String hash = Secrets.create(1).passwords().hash(PASSWORD);

    assertThat(hash)
        .matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
    assertThat(Secrets.create(1).passwords().matches(PASSWORD, hash)).isTrue();
    assertThat(Secrets.create(1).passwords().isOutdated(hash)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG", "fa", "bn", "mr-IN-u-nu-deva", "ne", "my", "tr-TR"})
  void hash_does_not_depend_on_the_default_locale(String locale) {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag(locale));
    try {
      String hash = passwords.hash(PASSWORD);

      assertThat(hash).contains("$m=64,t=1,p=1$");
      assertThat(passwords.matches(PASSWORD, hash)).isTrue();
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"٦٤,t=١,p=١", "۶۴,t=۱,p=۱", "৬৪,t=১,p=১", "६४,t=१,p=१", "၆၄,t=၁,p=၁"})
  void hash_with_other_digits_matches_and_is_outdated(String cost) {
    String hash = passwords.hash(PASSWORD).replace("64,t=1,p=1", cost);

    assertThat(passwords.matches(PASSWORD, hash)).isTrue();
    assertThat(passwords.matches("another password", hash)).isFalse();
    assertThat(passwords.isOutdated(hash)).isTrue();
  }

  @Test
  void every_hash_has_its_own_salt() {
    assertThat(passwords.hash(PASSWORD)).isNotEqualTo(passwords.hash(PASSWORD));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "kindly open the til",
        "kindly open the till ",
        " kindly open the till",
        "Kindly open the till",
        "kindly open the till\0"
      })
  void similar_password_does_not_match(String other) {
    assertThat(passwords.matches(other, passwords.hash(PASSWORD))).isFalse();
  }

  @Test
  void long_password_is_not_truncated() {
    String typed = "a".repeat(100_000);

    assertThat(passwords.matches(typed + "b", passwords.hash(typed + "c"))).isFalse();
    assertThat(passwords.matches(typed + "b", passwords.hash(typed + "b"))).isTrue();
  }

  @Test
  void unicode_normalization_makes_composed_characters_equal() {
    String composed = "caf\u00e9 \u00e0 la carte";
    String decomposed = "cafe\u0301 a\u0300 la carte";

    assertThat(passwords.matches(decomposed, passwords.hash(composed))).isTrue();
    assertThat(passwords.matches(composed, passwords.hash(decomposed))).isTrue();
  }

  @Test
  void look_alike_characters_do_not_match() {
    assertThat(passwords.matches("\ufb01ve gulls", passwords.hash("five gulls"))).isFalse();
  }

  @Test
  void unpaired_surrogate_does_not_match_question_mark() {
    assertThat(passwords.matches("which one\ud83d", passwords.hash("which one?"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          64,  1, 1, false
          63,  1, 1, true
          65,  1, 1, false
          640, 2, 2, false
          """)
  void hash_with_lower_cost_is_outdated(int memory, int passes, int lanes, boolean outdated) {
    String hash = of(new Argon2Cost(memory, passes, lanes)).hash(PASSWORD);

    assertThat(passwords.isOutdated(hash)).isEqualTo(outdated);
  }

  @Test
  void hash_with_fewer_passes_is_outdated_whatever_its_memory() {
    String hash = of(new Argon2Cost(640, 1, 1)).hash(PASSWORD);

    assertThat(of(new Argon2Cost(64, 2, 1)).isOutdated(hash)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Salts and hashes that are shorter than the current ones.
        "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$nf65EOgLrQMR/uIPnA4rEg"
      })
  void hash_with_shorter_salt_or_value_is_outdated(String hash) {
    assertThat(passwords.isOutdated(hash)).isTrue();
  }

  @Test
  void raising_the_cost_keeps_old_hashes_valid() {
    String old = of(LOW_COST).hash(PASSWORD);
    PasswordHasher raised = of(new Argon2Cost(128, 2, 1));

    assertThat(raised.matches(PASSWORD, old)).isTrue();
    assertThat(raised.isOutdated(old)).isTrue();
    assertThat(raised.isOutdated(raised.hash(PASSWORD))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "password",
        "$argon2id$v=19$m=65537,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=11,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=5$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=15,t=2,p=2$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=0,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQtP$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=16$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$iekCn0Y3spW+sCcFanM2xBT63UP2sghkUoHLIUpWRS8",
        "$argon2id$v=19$m=9999999999,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"
      })
  void malformed_or_too_costly_hash_never_matches_and_is_outdated(String hash) {
    assertThat(passwords.matches("password", hash)).isFalse();
    assertThat(passwords.isOutdated(hash)).isTrue();
  }
}
