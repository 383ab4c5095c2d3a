package kassa.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import kassa.application.port.in.Authenticate;
import kassa.domain.identity.Caller;
import org.junit.jupiter.api.Test;

class OwnersTokenTest {

  private static final Caller SOMEBODY = new Caller.Nobody();

  private final OwnersToken token = OwnersToken.random();
  private final Authenticate authenticate =
      token.beside(shown -> shown.equals("known") ? Optional.of(SOMEBODY) : Optional.empty());

  @Test
  void lets_the_owner_in_and_leaves_others_to_whoever_knows_them() {
    assertThat(authenticate.by(token.text())).hasValue(new Caller.Owner());
    assertThat(authenticate.by("known")).hasValue(SOMEBODY);
    assertThat(authenticate.by(token.text() + "0")).isEmpty();
    assertThat(authenticate.by("")).isEmpty();
  }

  @Test
  void is_another_each_time_and_shows_nothing_of_itself() {
    assertThat(token.text()).matches("[0-9a-f]{64}").isNotEqualTo(OwnersToken.random().text());
    assertThat(token.toString()).doesNotContain(token.text());
  }
}
