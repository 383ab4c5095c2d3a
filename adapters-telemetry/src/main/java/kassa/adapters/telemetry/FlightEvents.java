package kassa.adapters.telemetry;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import kassa.application.telemetry.Step;
import org.jspecify.annotations.Nullable;

/**
 * Events of the flight recorder. This class is loaded only if a recording is possible: the launcher
 * turns the recorder off, unless a JVM option starts a recording. See docs/decisions/0184.
 */
final class FlightEvents {

  private FlightEvents() {}

  /** Begins the event of a step; {@code null} if the step has none. */
  static @Nullable Event begin(Step step) {
    Event event =
        switch (step) {
          case PRICING -> new Pricing();
          case GROUP_WAIT -> new GroupWait();
          case COMMIT -> new Commit();
          case CONNECTION_WAIT, STANDBY_CONNECTION_WAIT -> null;
        };
    if (event != null) {
      event.begin();
    }
    return event;
  }

  /** Begins the event of a request. */
  static Request beginRequest() {
    Request request = new Request();
    request.begin();
    return request;
  }

  /** Pricing of a cart. */
  @Name("kassa.Pricing")
  @Label("Pricing")
  @Category("Kassa")
  @StackTrace(false)
  private static final class Pricing extends Event {}

  /** Wait of an order until its transaction begins. */
  @Name("kassa.GroupWait")
  @Label("Wait for Group")
  @Category("Kassa")
  @StackTrace(false)
  private static final class GroupWait extends Event {}

  /** Transaction of a group of orders. */
  @Name("kassa.Commit")
  @Label("Commit")
  @Category("Kassa")
  @StackTrace(false)
  private static final class Commit extends Event {}

  /** HTTP request. */
  @Name("kassa.Request")
  @Label("Request")
  @Category("Kassa")
  @StackTrace(false)
  static final class Request extends Event {

    @Label("Method")
    String method = "";

    @Label("Route")
    String route = "";

    @Label("Status")
    int status;

    void commit(String sentMethod, String routePath, int responseStatus) {
      end();
      if (shouldCommit()) {
        method = sentMethod;
        route = routePath;
        status = responseStatus;
        commit();
      }
    }
  }
}
