package kassa.application;

import static kassa.application.House.HOME;
import static kassa.application.House.PASSWORD;
import static kassa.application.House.password;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import kassa.application.port.in.Origin;
import kassa.application.port.in.Register.Outcome;
import kassa.domain.InvalidValueException;
import kassa.domain.identity.AuditEvent;
import kassa.domain.identity.AuditEvent.Kind;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Role;
import kassa.domain.identity.User;
import org.junit.jupiter.api.Test;

class RegisteringTest {

  private static final EmailAddress ANN = new EmailAddress("ann@example.com");
  private static final Outcome ACCEPTED = new Outcome.Accepted();

  private final House house = new House();

  @Test
  void registers_a_customer_who_can_sign_in() {
    assertThat(register(ANN, PASSWORD)).isEqualTo(ACCEPTED);

    User user = house.signedIn("ann@example.com").user();
    assertThat(user.role()).isEqualTo(Role.CUSTOMER);
    assertThat(user.name()).isEqualTo("Ann");
    assertThat(house.stores.audit().events().getFirst().kind()).isEqualTo(Kind.REGISTERED);
  }

  @Test
  void says_the_same_and_changes_nothing_if_the_address_is_taken() {
    register(ANN, PASSWORD);
    var before = house.all.users().find(ANN);
    int hashed = house.passwords.hashed();

    assertThat(register(ANN, "another password")).isEqualTo(ACCEPTED);

    assertThat(house.passwords.hashed() - hashed).isEqualTo(1);
    assertThat(house.all.users().find(ANN)).isEqualTo(before);
    assertThat(house.lastEvent().kind()).isEqualTo(Kind.REGISTRATION_REFUSED);
  }

  @Test
  void refuses_the_commonest_passwords_and_names_that_are_not_plain() {
    assertThat(register(ANN, "PassWord1")).isEqualTo(new Outcome.TooCommon());
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(
            () -> house.useCases.register().register(ANN, password(PASSWORD), "a\nb", HOME));
    assertThat(house.all.users().list(null, 10)).isEmpty();
  }

  @Test
  void throttles_who_registers_many() {
    for (int i = 0; i < 20; i++) {
      register(new EmailAddress("user-" + i + "@example.com"), PASSWORD);
    }
    int hashed = house.passwords.hashed();

    assertThat(register(ANN, PASSWORD)).isEqualTo(new Outcome.Throttled(Duration.ofSeconds(1)));

    assertThat(house.passwords.hashed()).isEqualTo(hashed);
    assertThat(house.all.users().find(ANN)).isEmpty();
    assertThat(
            house
                .useCases
                .register()
                .register(ANN, password(PASSWORD), null, new Origin("192.0.2.2", null)))
        .isEqualTo(ACCEPTED);
    assertThat(house.signIn("user-1@example.com", PASSWORD).toString()).startsWith("SignedIn");
  }

  @Test
  void is_busy_where_too_many_passwords_are_looked_at() {
    house.passwords.crowd(true);

    assertThat(register(ANN, PASSWORD)).isEqualTo(new Outcome.Busy());
    assertThat(house.all.users().find(ANN)).isEmpty();
  }

  @Test
  void writes_down_no_secret() {
    register(ANN, PASSWORD);
    register(ANN, PASSWORD);

    assertThat(house.stores.audit().events().toString()).doesNotContain(PASSWORD, "quick$");
    assertThat(house.stores.audit().events())
        .extracting(AuditEvent::address)
        .containsOnly("192.0.2.1");
  }

  private Outcome register(EmailAddress email, String text) {
    return house.useCases.register().register(email, password(text), "Ann", HOME);
  }
}
