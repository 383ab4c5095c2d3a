package kassa.domain.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CallerTest {

  @ParameterizedTest
  @EnumSource
  void user_with_a_required_password_change_manages_only_own_sessions(Role role) {
    Caller restricted = new Caller.SignedIn(new UserId(ID), role, new SessionId(ID), true, null);

    assertThat(Permission.values())
        .filteredOn(restricted::hasPermission)
        .containsExactly(Permission.MANAGE_OWN_SESSIONS);
    assertThat(Permission.values())
        .filteredOn(restricted.withAddress("192.0.2.1")::hasPermission)
        .containsExactly(Permission.MANAGE_OWN_SESSIONS);
  }

  @Test
  void with_address_changes_only_the_ip_address() {
    Caller user = signedIn(Role.CUSTOMER);
    Caller apiClient = apiClient(Scope.ADMIN);
    assertThat(user.address()).isNull();
    assertThat(apiClient.address()).isNull();

    assertThat(user.withAddress("192.0.2.1").address()).isEqualTo("192.0.2.1");
    assertThat(apiClient.withAddress("192.0.2.1").address()).isEqualTo("192.0.2.1");
    assertThat(user.withAddress("192.0.2.1").name()).isEqualTo(user.name());
    assertThat(apiClient.withAddress("192.0.2.1").hasPermission(Permission.ADMINISTER)).isTrue();
    assertThat(new Caller.LocalOperator().withAddress("192.0.2.1").address()).isNull();
    assertThat(new Caller.Anonymous().withAddress("192.0.2.1")).isEqualTo(new Caller.Anonymous());
  }

  private static final UUID ID = new UUID(0x019b_76da_a800_7000L, 1);

  /** The callers, in the order of the columns below. */
  private static final List<Caller> CALLERS =
      Stream.concat(
              Arrays.stream(Role.values()).map(CallerTest::signedIn),
              Arrays.stream(Scope.values()).map(CallerTest::apiClient))
          .toList();

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          #                      customer
          #                      | operator
          #                      | | admin
          #                      | | | orders:read
          #                      | | | | orders:write
          #                      | | | | | orders:import
          #                      | | | | | | prices:set
          #                      | | | | | | | rules:read
          #                      | | | | | | | | rules:write
          #                      | | | | | | | | | reports:read
          #                      | | | | | | | | | | metrics:read
          #                      | | | | | | | | | | | events:read
          #                      | | | | | | | | | | | | webhooks:read
          #                      | | | | | | | | | | | | | webhooks:write
          #                      | | | | | | | | | | | | | | admin
          PLACE_ORDERS,          x - x - x - - - - - - - - - x
          SET_PRICES,            - - x - - - x - - - - - - - x
          IMPORT_ORDERS,         - - x - - x - - - - - - - - x
          ORDER_FOR_OTHERS,      - - x - x - - - - - - - - - x
          MANAGE_OWN_ORDERS,     x - x - - - - - - - - - - - x
          READ_ALL_ORDERS,       - x x x - - - - - - - - - - x
          MANAGE_ORDERS,         - x x - x - - - - - - - - - x
          READ_EVENTS,           - x x - - - - - - - - x - - x
          READ_WEBHOOKS,         - - x - - - - - - - - - x x x
          WRITE_WEBHOOKS,        - - x - - - - - - - - - - x x
          READ_SALES_REPORTS,    - x x - - - - - - x - - - - x
          READ_METRICS,          - - x - - - - - - - x - - - x
          READ_RULES,            - - x - - - - x x - - - - - x
          WRITE_RULES,           - - x - - - - - x - - - - - x
          READ_PRODUCTS,         x x x x x x x x x x x x x x x
          WRITE_PRODUCTS,        - - x - - - - - - - - - - - x
          CREATE_WHAT_IF_QUOTES, - - x - - - - - - - - - - - x
          MANAGE_OWN_SESSIONS,   x x x - - - - - - - - - - - -
          ADMINISTER,            - - x - - - - - - - - - - - x
          """)
  void has_the_permissions_of_its_role_or_scopes(Permission permission, String allowed) {
    assertThat(
            CALLERS.stream()
                .map(caller -> caller.hasPermission(permission) ? "x" : "-")
                .collect(Collectors.joining(" ")))
        .isEqualTo(allowed);
  }

  @Test
  void api_client_has_the_permissions_of_all_its_scopes() {
    Caller both = apiClient(Scope.ORDERS_WRITE, Scope.PRICES_SET);

    assertThat(both.hasPermission(Permission.PLACE_ORDERS)).isTrue();
    assertThat(both.hasPermission(Permission.SET_PRICES)).isTrue();
    assertThat(both.hasPermission(Permission.READ_ALL_ORDERS)).isFalse();
    assertThat(apiClient().hasPermission(Permission.READ_PRODUCTS)).isFalse();
  }

  @Test
  void local_operator_has_all_permissions_but_sessions() {
    Caller localOperator = new Caller.LocalOperator();

    assertThat(Permission.values())
        .filteredOn(each -> !localOperator.hasPermission(each))
        .containsExactly(Permission.MANAGE_OWN_SESSIONS);
    assertThat(localOperator.name()).isEqualTo("local_operator");
    assertThat(localOperator.userId()).isEmpty();
  }

  @Test
  void anonymous_has_no_permission() {
    assertThat(EnumSet.allOf(Permission.class)).noneMatch(new Caller.Anonymous()::hasPermission);
  }

  @Test
  void name_of_a_user_or_api_client_is_its_id() {
    assertThat(signedIn(Role.CUSTOMER).name())
        .isEqualTo(new UserId(ID).toString())
        .startsWith("usr_");
    assertThat(apiClient(Scope.ADMIN).name()).isEqualTo(new ApiKeyId(ID).toString());
    assertThat(new Caller.Anonymous().name()).isEmpty();
    assertThat(signedIn(Role.ADMIN).userId()).contains(new UserId(ID));
    assertThat(apiClient(Scope.ADMIN).userId()).isEmpty();
  }

  @Test
  void scopes_are_parsed_by_their_wire_names() {
    assertThat(Scope.values())
        .extracting(Scope::wireName)
        .containsExactly(
            "orders:read",
            "orders:write",
            "orders:import",
            "prices:set",
            "rules:read",
            "rules:write",
            "reports:read",
            "metrics:read",
            "events:read",
            "webhooks:read",
            "webhooks:write",
            "admin");
    assertThat(Scope.values())
        .allMatch(scope -> Scope.of(scope.wireName()).equals(Optional.of(scope)));
    assertThat(Scope.of("ADMIN")).isEmpty();
  }

  private static Caller signedIn(Role role) {
    return new Caller.SignedIn(new UserId(ID), role, new SessionId(ID));
  }

  private static Caller apiClient(Scope... scopes) {
    return new Caller.ApiClient(new ApiKeyId(ID), Set.of(scopes));
  }
}
