package kassa.application;

import static kassa.application.ApplicationFixture.CLIENT;
import static kassa.application.ApplicationFixture.PASSWORD;
import static kassa.application.ApplicationFixture.password;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import kassa.application.port.in.identity.ClientInfo;
import kassa.application.port.in.identity.RegisterCustomer.Outcome;
import kassa.domain.InvalidValueException;
import kassa.domain.identity.AuditEvent;
import kassa.domain.identity.AuditEvent.Kind;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Role;
import kassa.domain.identity.User;
import org.junit.jupiter.api.Test;

class RegisterCustomerUseCaseTest {

  private static final EmailAddress ANN = new EmailAddress("ann@example.com");
  private static final Outcome ACCEPTED = new Outcome.Accepted();

  private final ApplicationFixture fixture = new ApplicationFixture();

  @Test
  void registered_customer_can_sign_in() {
    assertThat(register(ANN, PASSWORD)).isEqualTo(ACCEPTED);

    User user = fixture.signedIn("ann@example.com").user();
    assertThat(user.role()).isEqualTo(Role.CUSTOMER);
    assertThat(user.name()).isEqualTo("Ann");
    assertThat(fixture.stores.auditLog().events().getFirst().kind()).isEqualTo(Kind.REGISTERED);
  }

  @Test
  void taken_email_gets_the_same_response_and_changes_nothing() {
    register(ANN, PASSWORD);
    var before = fixture.storeSet.identity().users().find(ANN);
    int hashed = fixture.passwords.hashCount();

    assertThat(register(ANN, "another password")).isEqualTo(ACCEPTED);

    assertThat(fixture.passwords.hashCount() - hashed).isEqualTo(1);
    assertThat(fixture.storeSet.identity().users().find(ANN)).isEqualTo(before);
    assertThat(fixture.lastEvent().kind()).isEqualTo(Kind.REGISTRATION_REFUSED);
  }

  @Test
  void rejects_common_passwords_and_invalid_names() {
    assertThat(register(ANN, "PassWord1")).isEqualTo(new Outcome.TooCommon());
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() ->
            fixture
                .useCases
                .identity()
                .registerCustomer()
                .register(ANN, password(PASSWORD), "a\nb", CLIENT));
    assertThat(fixture.storeSet.identity().users().list(null, null, 10)).isEmpty();
  }

  @Test
  void throttles_many_registrations_from_one_network() {
    for (int i = 0; i < 20; i++) {
      register(new EmailAddress("user-" + i + "@example.com"), PASSWORD);
    }
    int hashed = fixture.passwords.hashCount();

    assertThat(register(ANN, PASSWORD))
        .isEqualTo(new Outcome.TooManyAttempts(Duration.ofSeconds(1)));

    assertThat(fixture.passwords.hashCount()).isEqualTo(hashed);
    assertThat(fixture.storeSet.identity().users().find(ANN)).isEmpty();
    assertThat(
            fixture
                .useCases
                .identity()
                .registerCustomer()
                .register(ANN, password(PASSWORD), null, new ClientInfo("192.0.2.2", null)))
        .isEqualTo(ACCEPTED);
    assertThat(fixture.signIn("user-1@example.com", PASSWORD).toString()).startsWith("SignedIn");
  }

  @Test
  void overload_rejects_registration() {
    fixture.passwords.setOverloaded(true);

    assertThat(register(ANN, PASSWORD)).isEqualTo(new Outcome.Overloaded());
    assertThat(fixture.storeSet.identity().users().find(ANN)).isEmpty();
  }

  @Test
  void audit_log_contains_no_secret() {
    register(ANN, PASSWORD);
    register(ANN, PASSWORD);

    assertThat(fixture.stores.auditLog().events().toString()).doesNotContain(PASSWORD, "quick$");
    assertThat(fixture.stores.auditLog().events())
        .extracting(AuditEvent::address)
        .containsOnly("192.0.2.1");
  }

  private Outcome register(EmailAddress email, String text) {
    return fixture
        .useCases
        .identity()
        .registerCustomer()
        .register(email, password(text), "Ann", CLIENT);
  }
}
