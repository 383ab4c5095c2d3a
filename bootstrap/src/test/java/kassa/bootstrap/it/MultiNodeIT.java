package kassa.bootstrap.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several nodes on one PostgreSQL behave like one service. */
class MultiNodeIT {

  private static final Pattern CURSOR = Pattern.compile("\"nextCursor\":\"([^\"]+)\"");
  private static final Pattern NUMBER = Pattern.compile("\"number\":\"?(\\d+)");

  @TempDir private Path folder;

  @Test
  void orders_placed_on_three_nodes_are_stored_once_and_found_on_each() throws Exception {
    try (PostgresDatabase postgres = PostgresDatabase.create()) {
      String url = postgres.url();
      try (KassaProcess one = KassaProcess.startServer(folder, "--db-url", url);
          KassaProcess two = KassaProcess.startServer(folder, "--db-url", url);
          KassaProcess three = KassaProcess.startServer(folder, "--db-url", url)) {
        OrderLoad.activateRule(one);
        OrderLoad load = OrderLoad.on(one, two, three);
        load.start(new SplittableRandom());
        load.awaitMoreOrders(500);
        load.stop();

        ConsistencyChecks.assertConsistent(url, load.acknowledgedCount(), "after the load");
        for (KassaProcess node : List.of(one, two, three)) {
          load.assertFound(node, "on one of the nodes");
        }
        assertThat(listAllPages(one, two, three))
            .hasSize(load.acknowledgedCount())
            .doesNotHaveDuplicates();
      }
    }
  }

  /** Numbers of all orders; consecutive pages come from different nodes. */
  private static List<String> listAllPages(KassaProcess... nodes) {
    List<String> numbers = new ArrayList<>();
    String cursor = "";
    for (int page = 0; cursor != null; page++) {
      HttpResponse<String> response =
          nodes[page % nodes.length].get("/v1/orders?limit=40" + cursor);
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      NUMBER.matcher(response.body()).results().forEach(number -> numbers.add(number.group(1)));
      Matcher next = CURSOR.matcher(response.body());
      cursor = next.find() ? "&cursor=" + next.group(1) : null;
    }
    return numbers;
  }
}
