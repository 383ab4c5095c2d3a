package kassa.adapters.http.order.batch;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.order.OrderHandlers;
import kassa.adapters.http.order.batch.BatchResponse.Item;
import kassa.adapters.http.order.batch.BatchResponse.ProblemLine;
import kassa.adapters.http.order.batch.BatchResponse.RejectedItem;
import kassa.adapters.http.order.batch.BatchResponse.Summary;
import kassa.adapters.http.order.batch.BatchResponse.SummaryLine;
import kassa.adapters.http.problem.Problem;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.ProblemKind;
import kassa.adapters.http.request.BodyLines;
import kassa.adapters.http.request.RequestBody;
import kassa.adapters.http.request.RequestIds;
import kassa.adapters.http.routing.ConnectionAbortHandler;
import kassa.adapters.http.routing.PacedOutputStream;
import kassa.adapters.http.security.CredentialCheck;
import kassa.application.port.in.AccessDeniedException;
import kassa.application.port.in.order.PlaceOrderBatch;
import kassa.application.port.in.order.PlaceOrderIdempotently;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * NDJSON stream of orders: places the order of each line and sends its result line at once, while
 * further lines arrive. Memory is bounded by the orders in progress (backpressure).
 */
final class BatchStream {

  static final String NDJSON = "application/x-ndjson";

  private static final Logger LOG = LoggerFactory.getLogger(BatchStream.class);

  private final PlaceOrderIdempotently placeOrder;
  private final PlaceOrderBatch placeOrderBatch;
  private final BatchItems items;
  private final JsonCodec json;

  BatchStream(
      PlaceOrderIdempotently placeOrder,
      PlaceOrderBatch placeOrderBatch,
      BatchItems items,
      JsonCodec json) {
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
    Credential credential = new Credential(CredentialCheck.of(context));
    LineIterator lines =
        new LineIterator(
            RequestBody.ndjson(context, Long.MAX_VALUE, OrderHandlers.MAX_BODY_BYTES), credential);
    lines.requireWholeFirstLine();
    context.res().setStatus(200);
    context.res().setContentType(NDJSON);
    try {
      ResultWriter results = new ResultWriter(PacedOutputStream.of(context));
      placeOrderBatch.stream(
          lines,
          line -> line.bytes.length,
          line -> place(line, credential),
          line -> items.notStarted(line.index, null),
          results::send);
      results.finish();
    } catch (StreamEndedException ended) {
      sendLastLine(context, ended.problem);
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

  /** Ends the response with the reason as its last line, in place of the summary. */
  private void sendLastLine(Context context, Problem problem) {
    try {
      OutputStream output = PacedOutputStream.of(context);
      output.write(json.write(new ProblemLine(problem.toResponse(RequestIds.of(context)))));
      output.write('\n');
      output.close();
    } catch (IOException disconnected) {
      LOG.debug("Client of request {} disconnected", RequestIds.of(context), disconnected);
      ConnectionAbortHandler.abort(context);
    }
  }

  /** Thrown by the iterator to end a stream before its last line. */
  private static final class StreamEndedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    private StreamEndedException(Problem problem) {
      super(problem.detail(), null, false, false);
      this.problem = problem;
    }
  }

  /** Credential of the stream, and the reason for which it is not valid any more. */
  private static final class Credential {

    private final CredentialCheck check;
    private volatile @Nullable Problem problem;

    private Credential(CredentialCheck check) {
      this.check = check;
    }

    private void requireValid() {
      try {
        check.requireValid();
      } catch (ProblemException invalid) {
        problem = invalid.problem();
        throw invalid;
      }
    }
  }

  private Item place(Line line, Credential credential) {
    try {
      credential.requireValid();
      if (line.tooLong) {
        throw RequestBody.tooLarge(OrderHandlers.MAX_BODY_BYTES);
      }
      BatchItems.ParsedItem order = items.read(line.index, json.read(line.bytes));
      if (order.rejection() != null) {
        return order.rejection();
      }
      try {
        return items.toItem(order, placeOrder.place(items.command(order)));
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
    private final Credential credential;
    private int index;
    private boolean hasLine;

    /** Why the stream ended before its first line. */
    private @Nullable StreamEndedException early;

    private LineIterator(BodyLines body, Credential credential) {
      this.body = body;
      this.credential = credential;
    }

    @Override
    public boolean hasNext() {
      if (early != null) {
        throw early;
      }
      while (!hasLine && readLine()) {
        hasLine = !body.isBlank();
      }
      Problem problem = credential.problem;
      if (problem != null) {
        throw new StreamEndedException(problem);
      }
      return hasLine;
    }

    /** Reads the first line before the response starts, so that an error can have its status. */
    private void requireWholeFirstLine() {
      try {
        if (hasNext()) {
          body.requireWholeValue();
        }
      } catch (StreamEndedException ended) {
        early = ended;
      }
    }

    private boolean readLine() {
      try {
        return body.next();
      } catch (ProblemException failure) {
        if (failure.problem().kind() == ProblemKind.REQUEST_TIMEOUT) {
          throw new StreamEndedException(failure.problem());
        }
        throw failure;
      }
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

    private final OutputStream output;
    private long placed;
    private long rejected;

    private ResultWriter(OutputStream output) {
      this.output = output;
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
      output.flush();
    }
  }
}
