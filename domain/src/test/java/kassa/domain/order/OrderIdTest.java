package kassa.domain.order;

import static kassa.domain.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import kassa.domain.InvalidValueException.Reason;
import org.junit.jupiter.api.Test;

class OrderIdTest {

  private static final String TEXT = "ord_01h455vb4pex5vsknk084sn02q";

  @Test
  void is_written_and_read_under_its_prefix() {
    OrderId id = new OrderId(UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057"));

    assertThat(id).hasToString(TEXT);
    assertThat(OrderId.parse(TEXT)).isEqualTo(id);
  }

  @Test
  void is_not_the_id_of_anything_else() {
    assertRefused(Reason.MALFORMED, () -> OrderId.parse(TEXT.replace("ord", "rul")));
    assertRefused(Reason.MALFORMED, () -> OrderId.parse("01890a5d-ac96-774b-bcce-b302099a8057"));
  }
}
