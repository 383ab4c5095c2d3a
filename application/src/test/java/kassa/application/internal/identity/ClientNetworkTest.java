package kassa.application.internal.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientNetworkTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          192.0.2.1,                       192.0.2.1
          2001:db8:1:2:3:4:5:6,            2001:db8:1:2::/64
          2001:0db8:0001:0002::,           2001:db8:1:2::/64
          2001:DB8::1,                     2001:db8:0:0::/64
          [2001:db8::1],                   2001:db8:0:0::/64
          ::1,                             0:0:0:0::/64
          ::,                              0:0:0:0::/64
          1::2:3:4:5:6:7,                  1:0:2:3::/64
          fe80::1%eth0,                    fe80:0:0:0::/64
          ::ffff:192.0.2.1,                192.0.2.1
          unknown,                         unknown
          x:y,                             x:y
          ':',                             ':'
          '',                              ''
          """)
  void ipv6_addresses_of_one_prefix_share_a_key(String address, String network) {
    assertThat(ClientNetwork.rateLimitKeyOf(address)).isEqualTo(network);
  }
}
