package kassa.domain.order;

import static kassa.domain.testing.InvalidValueAssertions.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import kassa.domain.InvalidValueException.Reason;
import org.junit.jupiter.api.Test;

class OrderIdTest {

  private static final String TEXT = "ord_01h455vb4pex5vsknk084sn02q";

  @Test
  void formats_and_parses_with_its_prefix() {
    OrderId id = new OrderId(UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057"));

    assertThat(id).hasToString(TEXT);
    assertThat(OrderId.parse(TEXT)).isEqualTo(id);
  }

  @Test
  void rejects_ids_with_another_prefix() {
    assertRejected(Reason.MALFORMED, () -> OrderId.parse(TEXT.replace("ord", "rul")));
    assertRejected(Reason.MALFORMED, () -> OrderId.parse("01890a5d-ac96-774b-bcce-b302099a8057"));
  }
}
