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
  void whose_password_is_due_looks_after_their_own_sessions_alone(Role role) {
    Caller due = new Caller.SignedIn(new UserId(ID), role, new SessionId(ID), true, null);

    assertThat(Permission.values()).filteredOn(due::may).containsExactly(Permission.OWN_SESSIONS);
    assertThat(Permission.values())
        .filteredOn(due.from("192.0.2.1")::may)
        .containsExactly(Permission.OWN_SESSIONS);
  }

  @Test
  void people_and_programs_ask_from_an_address_and_are_the_same_otherwise() {
    Caller person = person(Role.CUSTOMER);
    Caller program = program(Scope.ADMIN);
    assertThat(person.address()).isNull();
    assertThat(program.address()).isNull();

    assertThat(person.from("192.0.2.1").address()).isEqualTo("192.0.2.1");
    assertThat(program.from("192.0.2.1").address()).isEqualTo("192.0.2.1");
    assertThat(person.from("192.0.2.1").name()).isEqualTo(person.name());
    assertThat(program.from("192.0.2.1").may(Permission.ADMINISTER)).isTrue();
    assertThat(new Caller.Owner().from("192.0.2.1").address()).isNull();
    assertThat(new Caller.Nobody().from("192.0.2.1")).isEqualTo(new Caller.Nobody());
  }

  private static final UUID ID = new UUID(0x019b_76da_a800_7000L, 1);

  /** In the order of the columns below. */
  private static final List<Caller> CALLERS =
      Stream.concat(
              Arrays.stream(Role.values()).map(CallerTest::person),
              Arrays.stream(Scope.values()).map(CallerTest::program))
          .toList();

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          #                customer
          #                | operator
          #                | | admin
          #                | | | orders:read
          #                | | | | orders:write
          #                | | | | | prices:set
          #                | | | | | | rules:read
          #                | | | | | | | rules:write
          #                | | | | | | | | reports:read
          #                | | | | | | | | | admin
          PLACE_ORDERS,     x - x - x - - - - x
          SET_PRICES,       - - x - - x - - - x
          ORDER_FOR_OTHERS, - - x - x - - - - x
          SEE_OWN_ORDERS,   x - x - - - - - - x
          SEE_ALL_ORDERS,   - x x x - - - - - x
          MOVE_ORDERS,      - x x - x - - - - x
          REPORT_SALES,     - x x - - - - - x x
          SEE_RULES,        - - x - - - x x - x
          WRITE_RULES,      - - x - - - - x - x
          SEE_PRODUCTS,     x x x x x x x x x x
          WRITE_PRODUCTS,   - - x - - - - - - x
          TRY_OUT,          - - x - - - - - - x
          OWN_SESSIONS,     x x x - - - - - - -
          ADMINISTER,       - - x - - - - - - x
          """)
  void may_do_what_its_role_or_its_scopes_allow(Permission permission, String allowed) {
    assertThat(
            CALLERS.stream()
                .map(caller -> caller.may(permission) ? "x" : "-")
                .collect(Collectors.joining(" ")))
        .isEqualTo(allowed);
  }

  @Test
  void a_program_may_do_what_any_of_its_scopes_allows() {
    Caller both = program(Scope.ORDERS_WRITE, Scope.PRICES_SET);

    assertThat(both.may(Permission.PLACE_ORDERS)).isTrue();
    assertThat(both.may(Permission.SET_PRICES)).isTrue();
    assertThat(both.may(Permission.SEE_ALL_ORDERS)).isFalse();
    assertThat(program().may(Permission.SEE_PRODUCTS)).isFalse();
  }

  @Test
  void the_owner_may_do_all_of_it_and_has_no_sessions() {
    Caller owner = new Caller.Owner();

    assertThat(Permission.values())
        .allMatch(each -> owner.may(each) == (each != Permission.OWN_SESSIONS));
    assertThat(owner.name()).isEqualTo("owner");
    assertThat(owner.person()).isEmpty();
  }

  @Test
  void nobody_may_do_nothing() {
    assertThat(EnumSet.allOf(Permission.class)).noneMatch(new Caller.Nobody()::may);
  }

  @Test
  void is_called_by_its_id() {
    assertThat(person(Role.CUSTOMER).name())
        .isEqualTo(new UserId(ID).toString())
        .startsWith("usr_");
    assertThat(program(Scope.ADMIN).name()).isEqualTo(new ApiKeyId(ID).toString());
    assertThat(new Caller.Nobody().name()).isEmpty();
    assertThat(person(Role.ADMIN).person()).contains(new UserId(ID));
    assertThat(program(Scope.ADMIN).person()).isEmpty();
  }

  @Test
  void scopes_are_called_as_the_outside_calls_them() {
    assertThat(Scope.values())
        .extracting(Scope::word)
        .containsExactly(
            "orders:read",
            "orders:write",
            "prices:set",
            "rules:read",
            "rules:write",
            "reports:read",
            "admin");
    assertThat(Scope.values()).allMatch(scope -> Scope.of(scope.word()).equals(Optional.of(scope)));
    assertThat(Scope.of("ADMIN")).isEmpty();
  }

  private static Caller person(Role role) {
    return new Caller.SignedIn(new UserId(ID), role, new SessionId(ID));
  }

  private static Caller program(Scope... scopes) {
    return new Caller.Program(new ApiKeyId(ID), Set.of(scopes));
  }
}
