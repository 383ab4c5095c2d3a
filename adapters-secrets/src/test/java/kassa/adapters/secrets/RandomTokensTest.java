package kassa.adapters.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;
import kassa.application.port.out.TokenHash;
import kassa.application.port.out.Tokens;
import kassa.application.port.out.Tokens.Kind;
import kassa.application.port.out.Tokens.Token;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomTokensTest {

  private static final String ALL =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private final Tokens tokens = new RandomTokens(new SecureRandom());

  @Test
  void a_token_of_a_session_is_known_again() {
    Token token = tokens.session();

    assertThat(token.text()).matches("kas_[A-Za-z0-9_-]{43}");
    assertThat(tokens.read(token.text())).hasValue(new Tokens.Shown(Kind.SESSION, token.hash()));
  }

  @Test
  void the_key_of_a_program_is_known_again() {
    Token token = tokens.apiKey();

    assertThat(token.text()).matches("kak_[A-Za-z0-9_-]{43}[A-Za-z0-9]{6}");
    assertThat(tokens.read(token.text())).hasValue(new Tokens.Shown(Kind.API_KEY, token.hash()));
  }

  @Test
  void what_is_kept_is_the_digest_of_the_whole_text() {
    String text = "kas_" + "A".repeat(43);

    assertThat(tokens.read(text).orElseThrow().hash())
        .isEqualTo(
            new TokenHash("a2e3e74eb793ff9d393e4b451516b635dfc8d642d64d17907c389da457ee3cd0"));
  }

  @Test
  void no_two_tokens_are_alike() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      assertThat(seen.add(tokens.session().text())).isTrue();
      assertThat(seen.add(tokens.apiKey().text())).isTrue();
    }
  }

  @Test
  void a_key_with_any_one_wrong_character_is_no_key() {
    String key = tokens.apiKey().text();
    for (int at = 0; at < key.length(); at++) {
      for (String other : ALL.split("", -1)) {
        if (!key.startsWith(other, at)) {
          String wrong = key.substring(0, at) + other + key.substring(at + 1);
          assertThat(tokens.read(wrong)).as(wrong).isEmpty();
        }
      }
    }
  }

  @Test
  void a_key_with_two_neighbours_swapped_is_no_key() {
    String key = tokens.apiKey().text();
    for (int at = 0; at + 1 < key.length(); at++) {
      if (key.charAt(at) != key.charAt(at + 1)) {
        String wrong =
            key.substring(0, at) + key.charAt(at + 1) + key.charAt(at) + key.substring(at + 2);
        assertThat(tokens.read(wrong)).as(wrong).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "kas_",
        "kak_",
        "Bearer",
        "kas_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "kas_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "kas_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB",
        "KAS_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "kak_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "kas_AAAAAAAAAAAAAAAAAAAAA AAAAAAAAAAAAAAAAAAAAA",
        "kas_AAAAAAAAAAAAAAAAAAAAA+AAAAAAAAAAAAAAAAAAAAA",
        "kas_AAAAAAAAAAAAAAAAAAAAA\u00e4AAAAAAAAAAAAAAAAAAAAA",
        "kas_AAAAAAAAAAAAAAAAAAAAA\u0000AAAAAAAAAAAAAAAAAAAAA",
        "kak_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA000000"
      })
  void what_could_not_have_been_made_here_is_nothing(String text) {
    assertThat(tokens.read(text)).isEmpty();
  }

  @Test
  void a_checksum_is_the_crc_of_what_stands_before_it() {
    String key = tokens.apiKey().text();
    CRC32 crc = new CRC32();
    for (int i = 0; i < 47; i++) {
      crc.update(key.charAt(i));
    }

    assertThat(base62(key.substring(47))).isEqualTo(crc.getValue());
  }

  private static long base62(String digits) {
    long value = 0;
    for (int digit : digits.chars().toArray()) {
      int worth =
          Character.isDigit(digit)
              ? digit - '0'
              : Character.isUpperCase(digit) ? digit - 'A' + 10 : digit - 'a' + 36;
      value = value * 62 + worth;
    }
    return value;
  }

  @Test
  void a_token_shows_nothing_of_itself_by_chance() {
    assertThat(tokens.session()).hasToString("Token");
  }
}
