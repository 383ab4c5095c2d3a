package kassa.adapters.http.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PermitGroupTest {

  private static final List<RequestClass> BULK =
      List.of(RequestClass.BATCH, RequestClass.IMPORT, RequestClass.EXPORT, RequestClass.REPORT);

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "4, 3", "512, 384"})
  void client_of_small_requests_has_three_fourths_of_the_permits(int max, int share) {
    PermitGroup group = PermitGroup.ofSmall(max);

    assertThat(startAll(group, RequestClass.SINGLE, "client")).isEqualTo(share);
    assertThat(startAll(group, RequestClass.SINGLE, null)).isEqualTo(max - share);
    assertThat(group.isFull()).isTrue();
    assertThat(group.overloaded().detail()).contains("At most " + max + " requests");
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "7, 1, 7", "8, 2, 5", "16, 4, 10"})
  void some_bulk_permits_are_reserved_for_each_class(int max, int share, int perClass) {
    PermitGroup group = PermitGroup.ofBulk(max, BULK);

    assertThat(startAll(group, RequestClass.EXPORT, "client")).isEqualTo(Math.min(share, perClass));
    assertThat(startAll(group, RequestClass.EXPORT, null))
        .isEqualTo(perClass - Math.min(share, perClass));
    assertThat(group.overloaded().detail()).contains("At most " + perClass + " requests");
    for (RequestClass other : List.of(RequestClass.BATCH, RequestClass.IMPORT)) {
      assertThat(startAll(group, other, null)).isEqualTo((max - perClass) / 3);
    }
  }

  @Test
  void stopped_request_gives_its_permit_and_share_back() {
    PermitGroup group = PermitGroup.ofBulk(16, BULK);
    startAll(group, RequestClass.BATCH, "client");
    assertThat(group.hasShareFor("client")).isFalse();

    group.stop(RequestClass.BATCH, "client");

    assertThat(group.hasShareFor("client")).isTrue();
    assertThat(startAll(group, RequestClass.IMPORT, "client")).isEqualTo(1);
  }

  @Test
  void assigned_request_counts_for_the_share_but_takes_no_further_permit() {
    PermitGroup group = PermitGroup.ofSmall(4);
    group.start(RequestClass.SINGLE, null);

    group.assign("client");

    assertThat(startAll(group, RequestClass.SINGLE, "client")).isEqualTo(2);
    assertThat(group.isFull()).isFalse();
  }

  /** Starts requests while it is allowed; returns how many. */
  private static int startAll(
      PermitGroup group, RequestClass requestClass, @Nullable String client) {
    int started = 0;
    while (group.hasPermitFor(requestClass) && group.hasShareFor(client)) {
      group.start(requestClass, client);
      started++;
    }
    return started;
  }
}
