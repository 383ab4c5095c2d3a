package kassa.application.internal.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import kassa.application.fixture.SettableClock;
import kassa.domain.identity.EmailAddress;
import org.junit.jupiter.api.Test;

class PasswordCheckRateLimiterTest {

  private final SettableClock clock = new SettableClock();
  private final PasswordCheckRateLimiter limiter = new PasswordCheckRateLimiter(clock);

  @Test
  void account_can_check_a_burst_and_then_one_password_per_interval() {
    for (int i = 0; i < PasswordCheckRateLimiter.BURST_PER_ACCOUNT; i++) {
      assertThat(limiter.tryAcquire(email("ann"), "192.0.2." + i)).isEmpty();
    }

    assertThat(limiter.tryAcquire(email("ann"), "198.51.100.1"))
        .contains(PasswordCheckRateLimiter.REFILL_PER_ACCOUNT);
    assertThat(limiter.tryAcquire(email("bob"), "192.0.2.1")).isEmpty();
    clock.advance(PasswordCheckRateLimiter.REFILL_PER_ACCOUNT);
    assertThat(limiter.tryAcquire(email("ann"), "198.51.100.1")).isEmpty();
    assertThat(limiter.tryAcquire(email("ann"), "198.51.100.1")).isPresent();
  }

  @Test
  void address_can_check_a_burst_of_many_accounts() {
    for (int i = 0; i < PasswordCheckRateLimiter.BURST_PER_ADDRESS; i++) {
      assertThat(limiter.tryAcquire(email("user" + i), "192.0.2.1")).isEmpty();
    }

    assertThat(limiter.tryAcquire(email("new"), "192.0.2.1"))
        .contains(PasswordCheckRateLimiter.REFILL_PER_ADDRESS);
    assertThat(limiter.tryAcquire(email("new"), "192.0.2.2")).isEmpty();
  }

  @Test
  void whole_burst_is_available_again_after_a_pause() {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < PasswordCheckRateLimiter.BURST_PER_ACCOUNT; i++) {
        assertThat(limiter.tryAcquire(email("ann"), "192.0.2.1")).isEmpty();
      }
      assertThat(limiter.tryAcquire(email("ann"), "192.0.2.1")).isPresent();
      clock.advance(Duration.ofHours(1));
    }
  }

  private static EmailAddress email(String name) {
    return new EmailAddress(name + "@example.org");
  }
}
