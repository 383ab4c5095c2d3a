package kassa.bootstrap;

import kassa.application.port.in.CountCalls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has nodes tell each other how many calls they counted, and logs when they cannot any more. */
final class CallExchange implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(CallExchange.class);

  private final CountCalls countCalls;
  private boolean worked = true;

  CallExchange(CountCalls countCalls) {
    this.countCalls = countCalls;
  }

  @Override
  public void run() {
    boolean works = countCalls.exchange();
    if (worked && !works) {
      LOG.warn("The database does not answer: calls are limited by each node for itself");
    }
    if (works && !worked) {
      LOG.info("Calls are limited by all nodes together again");
    }
    worked = works;
  }
}
