package kassa.adapters.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;
import kassa.application.port.out.identity.TokenGenerator;
import kassa.application.port.out.identity.TokenGenerator.Kind;
import kassa.application.port.out.identity.TokenGenerator.NewToken;
import kassa.application.port.out.identity.TokenHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomTokenGeneratorTest {

  private static final String ALL =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private final TokenGenerator tokens = new RandomTokenGenerator(new SecureRandom());

  @Test
  void session_token_is_recognized() {
    NewToken token = tokens.newSessionToken();

    assertThat(token.text()).matches("kas_[A-Za-z0-9_-]{43}");
    assertThat(tokens.parse(token.text()))
        .hasValue(new TokenGenerator.ParsedToken(Kind.SESSION, token.hash()));
  }

  @Test
  void api_key_is_recognized() {
    NewToken token = tokens.newApiKey();

    assertThat(token.text()).matches("kak_[A-Za-z0-9_-]{43}[A-Za-z0-9]{6}");
    assertThat(tokens.parse(token.text()))
        .hasValue(new TokenGenerator.ParsedToken(Kind.API_KEY, token.hash()));
  }

  @Test
  void stored_hash_is_sha_256_of_the_whole_token() {
    String text = "kas_" + "A".repeat(43);

    assertThat(tokens.parse(text).orElseThrow().hash())
        .isEqualTo(
            new TokenHash("a2e3e74eb793ff9d393e4b451516b635dfc8d642d64d17907c389da457ee3cd0"));
  }

  @Test
  void tokens_are_unique() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      assertThat(seen.add(tokens.newSessionToken().text())).isTrue();
      assertThat(seen.add(tokens.newApiKey().text())).isTrue();
    }
  }

  @Test
  void api_key_with_one_wrong_character_is_rejected() {
    String key = tokens.newApiKey().text();
    for (int at = 0; at < key.length(); at++) {
      for (String other : ALL.split("", -1)) {
        if (!key.startsWith(other, at)) {
          String wrong = key.substring(0, at) + other + key.substring(at + 1);
          assertThat(tokens.parse(wrong)).as(wrong).isEmpty();
        }
      }
    }
  }

  @Test
  void api_key_with_two_swapped_characters_is_rejected() {
    String key = tokens.newApiKey().text();
    for (int at = 0; at + 1 < key.length(); at++) {
      if (key.charAt(at) != key.charAt(at + 1)) {
        String wrong =
            key.substring(0, at) + key.charAt(at + 1) + key.charAt(at) + key.substring(at + 2);
        assertThat(tokens.parse(wrong)).as(wrong).isEmpty();
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
  void malformed_token_is_rejected(String text) {
    assertThat(tokens.parse(text)).isEmpty();
  }

  @Test
  void api_key_checksum_is_crc_32() {
    String key = tokens.newApiKey().text();
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
  void to_string_hides_the_token() {
    assertThat(tokens.newSessionToken()).hasToString("Token");
  }
}
