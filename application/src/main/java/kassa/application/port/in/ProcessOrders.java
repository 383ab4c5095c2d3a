package kassa.application.port.in;

import java.util.List;

/** Places many orders at once, each for itself. */
public interface ProcessOrders {

  /**
   * Places every order that can be begun before the deadline, several at a time. One that fails
   * harms no other. Interrupting the caller begins no further order; those begun are finished.
   *
   * @return one result for each command, in the order of the commands
   */
  List<Result> process(List<PlaceOrder.Command> commands);

  /** What became of one of the orders. */
  sealed interface Result {

    /**
     * It was decided.
     *
     * @param outcome what came of it
     */
    record Processed(PlaceOrder.Outcome outcome) implements Result {}

    /** It was not begun before the deadline, or before the caller went away; nothing was kept. */
    record NotBegun() implements Result {}

    /**
     * It was begun and broke.
     *
     * @param cause {@link kassa.application.port.out.StoreUnavailableException}, or a defect
     */
    record Failed(RuntimeException cause) implements Result {}
  }
}
