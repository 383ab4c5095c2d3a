package kassa.domain;

import static kassa.domain.testing.InvalidValueAssertions.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.UUID;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.testing.CaseGenerator;
import kassa.domain.testing.PropertyCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uses the examples of the TypeID specification, version 0.3, that have a prefix. */
class TypeIdTest {

  private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";

  private static final CaseGenerator<UUID> IDS =
      CaseGenerator.of(random -> new UUID(random.nextLong(), random.nextLong()));

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          prefix,  prefix_00000000000000000000000000,  00000000-0000-0000-0000-000000000000
          prefix,  prefix_00000000000000000000000001,  00000000-0000-0000-0000-000000000001
          prefix,  prefix_0000000000000000000000000a,  00000000-0000-0000-0000-00000000000a
          prefix,  prefix_0000000000000000000000000g,  00000000-0000-0000-0000-000000000010
          prefix,  prefix_00000000000000000000000010,  00000000-0000-0000-0000-000000000020
          prefix,  prefix_7zzzzzzzzzzzzzzzzzzzzzzzzz,  ffffffff-ffff-ffff-ffff-ffffffffffff
          prefix,  prefix_0123456789abcdefghjkmnpqrs,  0110c853-1d09-52d8-d73e-1194e95b5f19
          prefix,  prefix_01h455vb4pex5vsknk084sn02q,  01890a5d-ac96-774b-bcce-b302099a8057
          pre_fix, pre_fix_00000000000000000000000000, 00000000-0000-0000-0000-000000000000
          """)
  void formats_and_parses_the_examples_of_the_specification(String prefix, String text, UUID id) {
    assertThat(TypeId.format(prefix, id)).isEqualTo(text);
    assertThat(TypeId.parse(prefix, text)).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PREFIX_00000000000000000000000000",
        "12345_00000000000000000000000000",
        "pre.fix_00000000000000000000000000",
        "préfix_00000000000000000000000000",
        "  prefix_00000000000000000000000000",
        "_00000000000000000000000000",
        "_",
        "prefix_1234567890123456789012345",
        "prefix_123456789012345678901234567",
        "prefix_1234567890123456789012345 ",
        "prefix_0123456789ABCDEFGHJKMNPQRS",
        "prefix_123456789-123456789-123456",
        "prefix_ooooooiiiiiiuuuuuuulllllll",
        "prefix_i23456789ol23456789oi23456",
        "prefix_123456789-0123456789-0123456",
        "prefix_8zzzzzzzzzzzzzzzzzzzzzzzzz",
        "_prefix_00000000000000000000000000",
        "prefix__00000000000000000000000000"
      })
  void rejects_what_the_specification_rejects(String text) {
    assertRejected(Reason.MALFORMED, () -> TypeId.parse("prefix", text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ord",
        "ord_",
        "rul_01h455vb4pex5vsknk084sn02q",
        "ordd_01h455vb4pex5vsknk084sn02q",
        "or_01h455vb4pex5vsknk084sn02q",
        "ord-01h455vb4pex5vsknk084sn02q",
        "ord001h455vb4pex5vsknk084sn02q",
        "01h455vb4pex5vsknk084sn02q",
        "ord_01h455vb4pex5vsknk084sn02\u0661",
        "ord_01h455vb4pex5vsknk084sn02\uFFFF",
        "ord_01h455vb4pex5vsknk084sn02\u007F",
        "ord_01h455vb4pex5vsknk084sn02\u0080",
        "ord_01h455vb4pex5vsknk084sn02\n"
      })
  void rejects_malformed_ids_and_other_prefixes(String text) {
    assertRejected(Reason.MALFORMED, () -> TypeId.parse("ord", text));
  }

  @ParameterizedTest
  @ValueSource(chars = {'8', '9', 'a', 'f', 'g', 'z'})
  void rejects_more_than_128_bits(char first) {
    assertRejected(Reason.MALFORMED, () -> TypeId.parse("ord", "ord_" + first + "0".repeat(25)));
  }

  @Test
  void accepts_only_the_32_base32_digits_at_each_position() {
    for (int index = 1; index < 26; index++) {
      for (char character = 0; character < 256; character++) {
        String text = "ord_" + "0".repeat(index) + character + "0".repeat(25 - index);
        if (DIGITS.indexOf(character) >= 0) {
          assertThat(TypeId.format("ord", TypeId.parse("ord", text))).isEqualTo(text);
        } else {
          assertRejected(Reason.MALFORMED, () -> TypeId.parse("ord", text));
        }
      }
    }
  }

  @Test
  void parses_every_id_that_it_formats() {
    PropertyCheck.forAll(
        2_000, IDS, id -> assertThat(TypeId.parse("ord", TypeId.format("ord", id))).isEqualTo(id));
  }

  @Test
  void formats_the_number_of_the_uuid() {
    PropertyCheck.forAll(
        2_000, IDS, id -> assertThat(number(TypeId.format("ord", id))).isEqualTo(number(id)));
  }

  private static BigInteger number(UUID id) {
    return new BigInteger(id.toString().replace("-", ""), 16);
  }

  private static BigInteger number(String text) {
    return text.substring("ord_".length())
        .chars()
        .mapToObj(digit -> BigInteger.valueOf(DIGITS.indexOf(digit)))
        .reduce(
            BigInteger.ZERO, (number, digit) -> number.multiply(BigInteger.valueOf(32)).add(digit));
  }
}
