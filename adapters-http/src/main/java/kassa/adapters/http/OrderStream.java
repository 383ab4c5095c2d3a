package kassa.adapters.http;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.message.BatchResponse.Item;
import kassa.adapters.http.message.BatchResponse.LastLine;
import kassa.adapters.http.message.BatchResponse.RefusedItem;
import kassa.adapters.http.message.BatchResponse.Summary;
import kassa.application.port.in.NotAllowedException;
import kassa.application.port.in.PlaceOrder;
import kassa.application.port.in.ProcessOrders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Places the orders of a stream of lines, and answers with a line for each as soon as it is
 * decided, while others still arrive. No more of either is held than what is under way.
 */
final class OrderStream {

  static final String NDJSON = "application/x-ndjson";

  private static final Logger LOG = LoggerFactory.getLogger(OrderStream.class);

  private final PlaceOrder placeOrder;
  private final ProcessOrders processOrders;
  private final BatchItems items;
  private final JsonCodec json;

  OrderStream(
      PlaceOrder placeOrder, ProcessOrders processOrders, BatchItems items, JsonCodec json) {
    this.placeOrder = placeOrder;
    this.processOrders = processOrders;
    this.items = items;
    this.json = json;
  }

  /** A line that was sent, not read yet. */
  private static final class Line {

    private final int index;
    private final byte[] bytes;
    private final boolean tooLong;

    private Line(int index, byte[] bytes, boolean tooLong) {
      this.index = index;
      this.bytes = bytes;
      this.tooLong = tooLong;
    }
  }

  void run(Context context) {
    Lines lines =
        new Lines(RequestBody.ndjson(context, Long.MAX_VALUE, OrderHandlers.LARGEST_BODY));
    context.res().setStatus(200);
    context.res().setContentType(NDJSON);
    try {
      Results results = new Results(context.res());
      processOrders.stream(
          lines, this::place, line -> items.notBegun(line.index, null), results::send);
      results.end();
    } catch (NotAllowedException refused) {
      // Said before anything is sent; what a line alone may not be is said in its result.
      throw refused;
    } catch (IOException | UncheckedIOException gone) {
      LOG.debug("Request {} was not waited for", RequestIds.of(context), gone);
      Connections.abort(context);
    } catch (RuntimeException failure) {
      LOG.info("Request {} broke off in the middle of its stream", RequestIds.of(context), failure);
      Connections.abort(context);
    }
  }

  private Item place(Line line) {
    try {
      if (line.tooLong) {
        throw RequestBody.tooLarge(OrderHandlers.LARGEST_BODY);
      }
      BatchItems.Read order = items.read(line.index, json.read(line.bytes));
      if (order.fault() != null) {
        return order.fault();
      }
      try {
        ProcessOrders.Submission submission = items.submission(order);
        return items.item(order, placeOrder.place(submission.command(), submission.call()));
      } catch (RuntimeException cause) {
        return items.failed(line.index, order.key(), cause);
      }
    } catch (RuntimeException cause) {
      return items.failed(line.index, null, cause);
    }
  }

  /** The lines that are not empty. */
  private static final class Lines implements Iterator<Line> {

    private final BodyLines body;
    private int index;
    private boolean ready;

    private Lines(BodyLines body) {
      this.body = body;
    }

    @Override
    public boolean hasNext() {
      while (!ready && body.next()) {
        ready = body.isTooLong() || body.bytes().length > 0;
      }
      return ready;
    }

    @Override
    public Line next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      ready = false;
      return new Line(index++, body.bytes(), body.isTooLong());
    }
  }

  /** Sends results, each at once. */
  private final class Results {

    private final HttpServletResponse response;
    private final OutputStream output;
    private long placed;
    private long rejected;

    private Results(HttpServletResponse response) throws IOException {
      this.response = response;
      this.output = response.getOutputStream();
    }

    private void send(Item item) {
      try {
        line(item);
      } catch (IOException gone) {
        throw new UncheckedIOException(gone);
      }
      if (item instanceof RefusedItem) {
        rejected++;
      } else {
        placed++;
      }
    }

    private void end() throws IOException {
      line(new LastLine(new Summary(placed, rejected)));
      output.close();
    }

    private void line(Object message) throws IOException {
      output.write(json.write(message));
      output.write('\n');
      // The framework's stream does not pass a flush on.
      response.flushBuffer();
    }
  }
}
