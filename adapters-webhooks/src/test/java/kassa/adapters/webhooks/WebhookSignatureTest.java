package kassa.adapters.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import kassa.domain.webhook.WebhookSecret;
import org.junit.jupiter.api.Test;

class WebhookSignatureTest {

  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  /** The expected value was computed by OpenSSL, not by this code. */
  @Test
  void signs_id_time_and_body_with_each_secret() {
    WebhookSecret secret = new WebhookSecret(1, SECRET, Instant.EPOCH, null);

    assertThat(
            WebhookSignature.of(
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                1_614_265_330,
                "{\"test\": 2432232314}".getBytes(UTF_8),
                List.of(secret, secret)))
        .isEqualTo(
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
                + " v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void generates_secrets_that_differ() {
    Webhooks webhooks = Webhooks.create(new WebhookNetworks(List.of()));

    assertThat(webhooks.secrets().newSecret())
        .matches("whsec_[A-Za-z0-9+/]{43}=")
        .isNotEqualTo(webhooks.secrets().newSecret());
  }
}
