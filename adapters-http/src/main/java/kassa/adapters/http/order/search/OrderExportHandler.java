package kassa.adapters.http.order.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.order.OrderResponse;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.request.AcceptEncoding;
import kassa.adapters.http.request.MediaTypes;
import kassa.adapters.http.request.QueryParameters;
import kassa.adapters.http.request.RequestHeaders;
import kassa.adapters.http.request.RequestIds;
import kassa.adapters.http.routing.ConnectionAbortHandler;
import kassa.adapters.http.routing.PacedOutputStream;
import kassa.adapters.http.routing.RequestClass;
import kassa.adapters.http.routing.Route;
import kassa.adapters.http.security.CredentialCheck;
import kassa.adapters.http.security.CurrentCaller;
import kassa.application.port.in.Secured;
import kassa.application.port.in.Slice;
import kassa.application.port.in.order.FindOrders;
import kassa.domain.order.Order;
import kassa.domain.order.OrderSortKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams all orders of a search as CSV or NDJSON, or their lines as CSV, page by page at the speed
 * of the client (backpressure): at most one page is in memory, and reading stops when the client
 * disconnects.
 */
public final class OrderExportHandler {

  public static final String CSV = "text/csv";
  static final String NDJSON = "application/x-ndjson";

  /** Query parameter: a byte order mark before the CSV, by which Excel recognizes UTF-8. */
  public static final String BOM = "bom";

  private static final int BUFFER_BYTES = 8_192;
  private static final Logger LOG = LoggerFactory.getLogger(OrderExportHandler.class);

  private final Secured<FindOrders> findOrders;
  private final JsonCodec json;

  public OrderExportHandler(Secured<FindOrders> findOrders, JsonCodec json) {
    this.findOrders = findOrders;
    this.json = json;
  }

  public List<Route> routes() {
    String[] parameters =
        Stream.concat(OrderSearchParameters.PARAMETERS.stream(), Stream.of(BOM))
            .toArray(String[]::new);
    return List.of(
        Route.get("/v1/orders/export", this::exportOrders, parameters)
            .producing(CSV, NDJSON)
            .withRequestClass(RequestClass.EXPORT),
        Route.get("/v1/order-lines/export", this::exportLines, parameters)
            .producing(CSV)
            .withRequestClass(RequestClass.EXPORT));
  }

  /** Reads whether a response starts with a byte order mark, which only CSV can have. */
  public static boolean readByteOrderMark(QueryParameters query, String mediaType) {
    boolean byteOrderMark = query.bool(BOM);
    if (byteOrderMark && !mediaType.equals(CSV)) {
      query.reject(BOM, "out_of_range", "bom must not be true for " + mediaType);
    }
    return byteOrderMark;
  }

  private void exportOrders(Context context) {
    FindOrders orders = findOrders.as(CurrentCaller.of(context));
    boolean csv =
        CSV.equals(MediaTypes.select(RequestHeaders.list(context, "Accept"), List.of(CSV, NDJSON)));
    QueryParameters query = QueryParameters.of(context);
    boolean bom = readByteOrderMark(query, csv ? CSV : NDJSON);
    export(
        context,
        orders,
        query,
        csv
            ? new ExportFormat(CSV, "orders.csv", OrderCsv.header(bom), OrderCsv::row)
            : new ExportFormat(NDJSON, "orders.ndjson", "", this::ndjsonRow));
  }

  private void exportLines(Context context) {
    FindOrders orders = findOrders.as(CurrentCaller.of(context));
    QueryParameters query = QueryParameters.of(context);
    String header = OrderLineCsv.header(readByteOrderMark(query, CSV));
    export(
        context,
        orders,
        query,
        new ExportFormat(CSV, "order-lines.csv", header, OrderLineCsv::rows));
  }

  private void export(
      Context context, FindOrders orders, QueryParameters query, ExportFormat format) {
    OrderSearchParameters search = OrderSearchParameters.read(query);
    query.requireValid();
    // Errors before the first byte are sent as a normal problem response.
    Slice<Order> first = orders.list(query(search, null));
    boolean gzip = AcceptEncoding.of(context).prefersGzip();
    writeHeaders(context, format, gzip);
    if (context.method().equals(HandlerType.HEAD)) {
      return;
    }
    try {
      RowWriter rows = new RowWriter(openOutput(PacedOutputStream.of(context), gzip), format);
      writePages(rows, orders, search, first, CredentialCheck.of(context));
      rows.finish();
    } catch (IOException disconnected) {
      LOG.debug("Client of request {} disconnected", RequestIds.of(context), disconnected);
      ConnectionAbortHandler.abort(context);
    } catch (ProblemException invalidCredential) {
      LOG.info(
          "Request {} was aborted: {}", RequestIds.of(context), invalidCredential.getMessage());
      ConnectionAbortHandler.abort(context);
    } catch (RuntimeException failure) {
      LOG.error("Request {} failed while sending the response", RequestIds.of(context), failure);
      ConnectionAbortHandler.abort(context);
    }
  }

  private static void writePages(
      RowWriter rows,
      FindOrders orders,
      OrderSearchParameters search,
      Slice<Order> first,
      CredentialCheck credential)
      throws IOException {
    Slice<Order> page = first;
    rows.writeOrders(page.items());
    while (page.hasNext()) {
      credential.requireValid();
      page = orders.list(query(search, page.next(Order::sortKey)));
      rows.writeOrders(page.items());
    }
  }

  private static FindOrders.Query query(
      OrderSearchParameters search, @Nullable OrderSortKey after) {
    return new FindOrders.Query(search.filter(), search.sort(), after, Slice.MAX_SIZE);
  }

  private static void writeHeaders(Context context, ExportFormat format, boolean gzip) {
    HttpServletResponse response = context.res();
    response.setStatus(200);
    response.setContentType(
        format.mediaType().equals(CSV) ? CSV + ";charset=utf-8" : format.mediaType());
    response.setHeader("Content-Disposition", "attachment; filename=\"" + format.fileName() + '"');
    response.setHeader("Vary", "Accept, Accept-Encoding");
    if (gzip) {
      response.setHeader("Content-Encoding", "gzip");
    }
  }

  private static OutputStream openOutput(OutputStream output, boolean gzip) throws IOException {
    return gzip
        ? new GZIPOutputStream(output, BUFFER_BYTES, true)
        : new BufferedOutputStream(output, BUFFER_BYTES);
  }

  private String ndjsonRow(Order order) {
    return new String(json.write(OrderResponse.of(order)), UTF_8) + '\n';
  }

  /**
   * Format of an export.
   *
   * @param header the text before the first order
   * @param rows converts an order to its rows, with their line breaks
   */
  private record ExportFormat(
      String mediaType, String fileName, String header, Function<Order, String> rows) {}

  /** Writes rows to the client. Without {@link #finish} the response stays incomplete. */
  private static final class RowWriter {

    private final OutputStream output;
    private final ExportFormat format;

    RowWriter(OutputStream output, ExportFormat format) throws IOException {
      this.output = output;
      this.format = format;
      output.write(format.header().getBytes(UTF_8));
    }

    void writeOrders(List<Order> orders) throws IOException {
      for (Order order : orders) {
        output.write(format.rows().apply(order).getBytes(UTF_8));
      }
      output.flush();
    }

    void finish() throws IOException {
      output.close();
    }
  }
}
