package kassa.adapters.persistence.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresUrlTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          postgresql://shop:s3cret@db.internal:5433/kassa?sslmode=require | jdbc:postgresql://db.internal:5433/kassa?sslmode=require&user=shop&password=s3cret
          postgres://shop@db/kassa                                        | jdbc:postgresql://db/kassa?user=shop
          postgresql://db/kassa                                           | jdbc:postgresql://db/kassa
          postgresql://shop:@db/kassa                                     | jdbc:postgresql://db/kassa?user=shop&password=
          postgresql://shop:a%40b%2Fc%3Ad@db/kassa                        | jdbc:postgresql://db/kassa?user=shop&password=a%40b%2Fc%3Ad
          postgresql://shop:a@b:c@db/kassa                                | jdbc:postgresql://db/kassa?user=shop&password=a%40b%3Ac
          postgresql://shop:a+b%20c&d@db/kassa                            | jdbc:postgresql://db/kassa?user=shop&password=a%2Bb+c%26d
          postgresql://shop:%C3%BC@db/kassa                               | jdbc:postgresql://db/kassa?user=shop&password=%C3%BC
          postgresql://shop:x@a:5432,b:5433/kassa?target_session_attrs=read-write | jdbc:postgresql://a:5432,b:5433/kassa?targetServerType=primary&user=shop&password=x
          postgresql://shop:x@[::1]:5432/kassa                            | jdbc:postgresql://[::1]:5432/kassa?user=shop&password=x
          postgresql://shop:x@db/kassa?channel_binding=require&connect_timeout=5&application_name=till | jdbc:postgresql://db/kassa?channelBinding=require&connectTimeout=5&ApplicationName=till&user=shop&password=x
          postgresql://db/kassa?user=shop&password=a+b                    | jdbc:postgresql://db/kassa?user=shop&password=a%2Bb
          jdbc:postgresql://db/kassa?user=shop&password=a%2Bb             | jdbc:postgresql://db/kassa?user=shop&password=a%2Bb
          jdbc:postgresql://db/kassa?user=shop&password=a+b               | jdbc:postgresql://db/kassa?user=shop&password=a+b
          jdbc:postgresql://a,b/kassa?targetServerType=primary            | jdbc:postgresql://a,b/kassa?targetServerType=primary
          jdbc:postgresql://shop:s3cret@db/kassa                          | jdbc:postgresql://db/kassa?user=shop&password=s3cret
          jdbc:postgresql:kassa?user=shop                                 | jdbc:postgresql:kassa?user=shop
          jdbc:postgresql://db:5432/                                      | jdbc:postgresql://db:5432/
          """)
  void converts_a_url_to_the_form_of_the_driver(String url, String expected) {
    assertThat(PostgresUrl.matches(url)).isTrue();
    assertThat(PostgresUrl.toJdbcUrl(url)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          postgresql://shop:s3cret%@db/kassa                 | has a % that is not followed by two hexadecimal digits; write % as %25
          postgresql://shop:%zzs3cret@db/kassa               | has a % that is not followed by two hexadecimal digits; write % as %25
          jdbc:postgresql://db/kassa?password=s3cret%        | has a % that is not followed by two hexadecimal digits; write % as %25
          postgresql://shop:12/s3cret@db/kassa               | must have the name of the database, and no more, after the host
          postgresql://shop:s3cret/x@db/kassa                | must have a host and a port after //
          postgresql://shop:s3cret?x@db/kassa                | parameter 1 after ? must have the form name=value
          postgresql://shop:s3#cret@d b/kassa                | must have a host and a port after //
          postgresql://shop:x@db:70000/s3cret                | must have a port from 1 to 65535
          postgresql://shop:x@db:0/kassa                     | must have a port from 1 to 65535
          postgresql://shop:x@%2Fvar%2Frun/s3cret            | must have a host and a port after //
          jdbc:postgresql://db/kassa?user=shop&password=a&s3cret | parameter 3 after ? must have the form name=value
          jdbc:postgresql://db/kassa?password=a&s3cret=b     | parameter 2 after ? is not known to the PostgreSQL driver; in a user or password
          jdbc:postgresql://db/kassa?targetservertype=primary | parameter 1 after ? is not known to the PostgreSQL driver; write targetServerType
          postgresql://shop:s3cret@db/kassa?user=shop        | has a user before the host and a user or password as a parameter; give them once
          postgresql://db/kassa?sslmode=require&sslmode=disable | has the parameter sslmode twice
          postgresql://db/kassa?target_session_attrs=s3cret  | target_session_attrs must be any, primary, read-write, standby or prefer-standby
          """)
  void names_the_fault_without_any_part_of_the_url(String url, String expected) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PostgresUrl.toJdbcUrl(url))
        .withMessageStartingWith(expected)
        .satisfies(error -> assertThat(error.getMessage()).doesNotContain("s3", "cret"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "postgresql:",
        "mysql://db/kassa",
        "http://db",
        "postgresql:/db",
        "xpostgres://"
      })
  void does_not_match_other_urls(String url) {
    assertThat(PostgresUrl.matches(url)).isFalse();
  }
}
