package kassa.adapters.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import kassa.adapters.webhooks.AddressGuard.RefusedHostException;
import kassa.application.port.out.webhook.WebhookSender.UrlCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {

  private static final WebhookNetworks NONE = new WebhookNetworks(List.of());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "10.255.255.255",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "169.254.170.2",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:a9fe:a9fe",
        "::127.0.0.1",
        "::7f00:1",
        "64:ff9b::7f00:1",
        "64:ff9b::8.8.8.8",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:10::1",
        "2001:20::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:a9fe:a9fe::1",
        "2a00::5efe:10.0.0.1",
        "2a00::200:5efe:7f00:1",
        "3fff::1",
        "4000::1",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1"
      })
  void refuses_addresses_that_are_not_public(String address) throws Exception {
    assertThat(refusal(NONE, true, InetAddress.ofLiteral(address)))
        .isEqualTo(UrlCheck.ADDRESS_NOT_ALLOWED);
    assertThat(
            refusal(NONE, true, InetAddress.ofLiteral("8.8.8.8"), InetAddress.ofLiteral(address)))
        .as("after a public one")
        .isEqualTo(UrlCheck.ADDRESS_NOT_ALLOWED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "8.8.8.8",
        "100.63.255.255",
        "100.128.0.1",
        "172.15.0.1",
        "172.32.0.1",
        "192.167.1.1",
        "198.17.0.1",
        "223.255.255.255",
        "2606:4700::1111",
        "2a00:1450::200e"
      })
  void allows_public_addresses_by_tls_only(String address) throws Exception {
    InetAddress parsed = InetAddress.ofLiteral(address);

    assertThat(guard(NONE, parsed).resolve("shop.example", true)).containsExactly(parsed);
    assertThat(refusal(NONE, false, parsed)).isEqualTo(UrlCheck.HTTPS_REQUIRED);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1",
    "10.0.0.0/8, 10.9.8.7",
    "10.0.0.0/8, ::ffff:10.9.8.7",
    "fd00::/8, fd00:ec2::254",
    "0.0.0.0/0, 127.0.0.1",
    "::/0, ::1"
  })
  void allows_what_the_operator_lists_also_without_tls(String network, String address)
      throws Exception {
    WebhookNetworks networks = new WebhookNetworks(List.of(network));
    InetAddress parsed = InetAddress.ofLiteral(address);

    assertThat(guard(networks, parsed).resolve("shop.example", false)).containsExactly(parsed);
  }

  @Test
  void a_list_allows_no_other_network() {
    WebhookNetworks networks = new WebhookNetworks(List.of("10.0.0.0/9", "fd00::/16"));

    assertThat(refusal(networks, true, InetAddress.ofLiteral("10.128.0.1")))
        .isEqualTo(UrlCheck.ADDRESS_NOT_ALLOWED);
    assertThat(refusal(networks, true, InetAddress.ofLiteral("fd01::1")))
        .isEqualTo(UrlCheck.ADDRESS_NOT_ALLOWED);
  }

  @Test
  void an_unknown_host_is_refused() {
    AddressGuard guard =
        new AddressGuard(
            NONE,
            host -> {
              throw new UnknownHostException(host);
            });

    assertThatExceptionOfType(RefusedHostException.class)
        .isThrownBy(() -> guard.resolve("nowhere.example", true))
        .satisfies(refused -> assertThat(refused.reason()).isEqualTo(UrlCheck.UNKNOWN_HOST));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "host.example", "10.0.0.0/33", "10.0.0/8", "::/129", "10.0.0.0/-1"})
  void refuses_lists_that_are_no_networks(String network) {
    assertThatIllegalArgumentException().isThrownBy(() -> new WebhookNetworks(List.of(network)));
  }

  private static AddressGuard guard(WebhookNetworks networks, InetAddress... addresses) {
    return new AddressGuard(networks, host -> addresses);
  }

  private static UrlCheck refusal(
      WebhookNetworks networks, boolean isSecure, InetAddress... addresses) {
    try {
      var _ = guard(networks, addresses).resolve("shop.example", isSecure);
      return UrlCheck.ALLOWED;
    } catch (RefusedHostException refused) {
      return refused.reason();
    }
  }
}
