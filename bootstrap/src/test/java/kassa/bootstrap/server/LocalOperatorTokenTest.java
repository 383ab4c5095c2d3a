package kassa.bootstrap.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import kassa.application.port.in.identity.Authenticate;
import kassa.domain.identity.Caller;
import org.junit.jupiter.api.Test;

class LocalOperatorTokenTest {

  private static final Caller OTHER_CALLER = new Caller.Anonymous();

  private final LocalOperatorToken token = LocalOperatorToken.random();
  private final Authenticate authenticate =
      token.withFallback(
          presented -> presented.equals("known") ? Optional.of(OTHER_CALLER) : Optional.empty());

  @Test
  void authenticates_local_operator_and_delegates_other_tokens() {
    assertThat(authenticate.authenticate(token.text())).hasValue(new Caller.LocalOperator());
    assertThat(authenticate.authenticate("known")).hasValue(OTHER_CALLER);
    assertThat(authenticate.authenticate(token.text() + "0")).isEmpty();
    assertThat(authenticate.authenticate("")).isEmpty();
  }

  @Test
  void is_random_and_hidden_in_to_string() {
    assertThat(token.text())
        .matches("[0-9a-f]{64}")
        .isNotEqualTo(LocalOperatorToken.random().text());
    assertThat(token.toString()).doesNotContain(token.text());
  }
}
