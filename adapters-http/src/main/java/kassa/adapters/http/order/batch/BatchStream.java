package kassa.adapters.http.order.batch;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.order.OrderHandlers;
import kassa.adapters.http.order.batch.BatchResponse.Item;
import kassa.adapters.http.order.batch.BatchResponse.RejectedItem;
import kassa.adapters.http.order.batch.BatchResponse.Summary;
import kassa.adapters.http.order.batch.BatchResponse.SummaryLine;
import kassa.adapters.http.request.BodyLines;
import kassa.adapters.http.request.RequestBody;
import kassa.adapters.http.request.RequestIds;
import kassa.adapters.http.routing.ConnectionAbortHandler;
import kassa.application.port.in.AccessDeniedException;
import kassa.application.port.in.order.PlaceOrder;
import kassa.application.port.in.order.PlaceOrderBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * NDJSON stream of orders: places the order of each line and sends its result line at once, while
 * further lines arrive. Memory is bounded by the orders in progress (backpressure).
 */
final class BatchStream {

  static final String NDJSON = "application/x-ndjson";

  private static final Logger LOG = LoggerFactory.getLogger(BatchStream.class);

  private final PlaceOrder placeOrder;
  private final PlaceOrderBatch placeOrderBatch;
  private final BatchItems items;
  private final JsonCodec json;

  BatchStream(
      PlaceOrder placeOrder, PlaceOrderBatch placeOrderBatch, BatchItems items, JsonCodec json) {
    this.placeOrder = placeOrder;
    this.placeOrderBatch = placeOrderBatch;
    this.items = items;
    this.json = json;
  }

  /** Line of the stream that is not parsed yet. */
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

  void process(Context context) {
    LineIterator lines =
        new LineIterator(RequestBody.ndjson(context, Long.MAX_VALUE, OrderHandlers.MAX_BODY_BYTES));
    context.res().setStatus(200);
    context.res().setContentType(NDJSON);
    try {
      ResultWriter results = new ResultWriter(context.res());
      placeOrderBatch.stream(
          lines, this::place, line -> items.notStarted(line.index, null), results::send);
      results.finish();
    } catch (AccessDeniedException denied) {
      // Thrown before the response starts; an error of a single line is in its result.
      throw denied;
    } catch (IOException | UncheckedIOException disconnected) {
      LOG.debug("Client of request {} disconnected", RequestIds.of(context), disconnected);
      ConnectionAbortHandler.abort(context);
    } catch (RuntimeException failure) {
      LOG.info("Request {} failed while streaming", RequestIds.of(context), failure);
      ConnectionAbortHandler.abort(context);
    }
  }

  private Item place(Line line) {
    try {
      if (line.tooLong) {
        throw RequestBody.tooLarge(OrderHandlers.MAX_BODY_BYTES);
      }
      BatchItems.ParsedItem order = items.read(line.index, json.read(line.bytes));
      if (order.rejection() != null) {
        return order.rejection();
      }
      try {
        PlaceOrderBatch.Submission submission = items.submission(order);
        return items.toItem(
            order, placeOrder.place(submission.command(), submission.idempotentRequest()));
      } catch (RuntimeException cause) {
        return items.failed(line.index, order.key(), cause);
      }
    } catch (RuntimeException cause) {
      return items.failed(line.index, null, cause);
    }
  }

  /** Iterates over the non-empty lines. */
  private static final class LineIterator implements Iterator<Line> {

    private final BodyLines body;
    private int index;
    private boolean hasLine;

    private LineIterator(BodyLines body) {
      this.body = body;
    }

    @Override
    public boolean hasNext() {
      while (!hasLine && body.next()) {
        hasLine = body.isTooLong() || body.bytes().length > 0;
      }
      return hasLine;
    }

    @Override
    public Line next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      hasLine = false;
      return new Line(index++, body.bytes(), body.isTooLong());
    }
  }

  /** Sends each result line at once. */
  private final class ResultWriter {

    private final HttpServletResponse response;
    private final OutputStream output;
    private long placed;
    private long rejected;

    private ResultWriter(HttpServletResponse response) throws IOException {
      this.response = response;
      this.output = response.getOutputStream();
    }

    private void send(Item item) {
      try {
        writeLine(item);
      } catch (IOException disconnected) {
        throw new UncheckedIOException(disconnected);
      }
      if (item instanceof RejectedItem) {
        rejected++;
      } else {
        placed++;
      }
    }

    private void finish() throws IOException {
      writeLine(new SummaryLine(new Summary(placed, rejected)));
      output.close();
    }

    private void writeLine(Object message) throws IOException {
      output.write(json.write(message));
      output.write('\n');
      // The output stream of Javalin does not forward flush().
      response.flushBuffer();
    }
  }
}
