package kassa.domain.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookUrlTest {

  @ParameterizedTest
  @CsvSource({
    "https://shop.example/hooks, shop.example, 443",
    "https://shop.example:8443/hooks?a=b%20c, shop.example, 8443",
    "http://localhost:9000, localhost, 9000",
    "http://192.0.2.1/x, 192.0.2.1, 80",
    "'https://[2001:db8::1]:444/x', 2001:db8::1, 444",
    "https://xn--bcher-kva.example/, xn--bcher-kva.example, 443"
  })
  void accepts_usual_forms(String text, String host, int port) {
    WebhookUrl url = new WebhookUrl(text);

    assertThat(url.host()).isEqualTo(host);
    assertThat(url.port()).isEqualTo(port);
    assertThat(url.isSecure()).isEqualTo(text.startsWith("https"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "shop.example",
        "ftp://shop.example/",
        "file:///etc/passwd",
        "HTTPS://shop.example/",
        "https://user:secret@shop.example/",
        "https://shop.example@evil.example/",
        "https://shop.example\\@evil.example/",
        "https://shop.example/#fragment",
        "https://shop.example/a b",
        "https://shop.example/ä",
        "https://shop.example/%zz",
        "https://shop.example:0/",
        "https://shop.example:65536/",
        "https://shop.example:/",
        "https:///path",
        "https://",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.0.0.1/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://127.0.1/",
        "http://1.2.3.256/",
        "http://127.0.0.1./",
        "http://[::1%25eth0]/",
        "http://[v1.x]/",
        "http://shop_1.example/",
        "http://-shop.example/",
        "https://shop..example/",
        "https://shop.example\n/",
        "https://shop%2eexample/"
      })
  void refuses_forms_that_programs_read_differently(String text) {
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> new WebhookUrl(text))
        .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.MALFORMED));
  }

  @Test
  void has_a_maximum_length_and_hides_its_path() {
    String longest = "https://shop.example/" + "a".repeat(WebhookUrl.MAX_LENGTH - 21);

    assertThat(new WebhookUrl(longest).toString()).isEqualTo("https://shop.example");
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> new WebhookUrl(longest + "a"))
        .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.TOO_LONG));
  }
}
