package kassa.adapters.http.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpNetworkTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          192.0.2.1,         192.0.2.1,        true
          192.0.2.1,         192.0.2.0,        false
          192.0.2.1/32,      192.0.2.0,        false
          192.0.2.1/31,      192.0.2.0,        true
          192.0.2.1/31,      192.0.2.2,        false
          10.0.0.0/8,        10.255.255.255,   true
          10.0.0.0/8,        11.0.0.0,         false
          172.16.0.0/12,     172.31.255.255,   true
          172.16.0.0/12,     172.32.0.0,       false
          0.0.0.0/0,         203.0.113.9,      true
          0.0.0.0/0,         2001:db8::1,      false
          '::/0',            2001:db8::1,      true
          '::/0',            203.0.113.9,      false
          '::1',             '::1',            true
          2001:db8::/33,     2001:db8:7fff::1, true
          2001:db8::/33,     2001:db8:8000::1, false
          ::ffff:192.0.2.1,  192.0.2.1,        true
          """)
  void contains_addresses_of_its_range(String network, String address, boolean contained) {
    assertThat(IpNetwork.parse(network).contains(InetAddress.ofLiteral(address)))
        .isEqualTo(contained);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          203.0.113.9,         203.0.113.9,           true
          203.0.113.9,         203.0.113.8,           false
          2001:db8::1,         [2001:db8::ffff:1],    true
          2001:db8::1,         2001:db8:0:1::1,       false
          fe80::1%eth0,        fe80::2,               true
          unknown,             other,                 false
          """)
  void client_has_all_addresses_of_its_ipv6_network(String one, String other, boolean same) {
    assertThat(IpNetwork.keyOfClient(one).equals(IpNetwork.keyOfClient(other))).isEqualTo(same);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/8",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/8/8",
        "::/129",
        "::1/1000",
        "10",
        "10.0.0",
        "10.0.0.256",
        "localhost",
        "fe80::1%eth0",
        "[::1]",
        ":",
        "1:2"
      })
  void rejects_malformed_network(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> IpNetwork.parse(text));
  }
}
