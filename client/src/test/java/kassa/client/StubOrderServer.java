package kassa.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Stub server with configurable responses, which records the received batches. */
final class StubOrderServer implements AutoCloseable {

  /** Closes the connection instead of a response. */
  static final StubReply DISCONNECT = new StubReply(0, "");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<List<String>> batches = new CopyOnWriteArrayList<>();
  private final List<String> receivedTokens = new CopyOnWriteArrayList<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private volatile Function<ReceivedBatch, StubReply> script = ReceivedBatch::allPlaced;

  StubOrderServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/health", exchange -> writeReply(exchange, new StubReply(200, "{}")));
    server.createContext("/v1/orders/batch", this::serve);
    server.start();
  }

  /** Response. */
  record StubReply(int status, String body) {}

  /** Received batch. */
  record ReceivedBatch(int number, List<String> keys, StubOrderServer server) {

    StubReply allPlaced() {
      return each(key -> placed(key, false));
    }

    /** Response with one result per key. */
    StubReply each(Function<String, String> result) {
      return new StubReply(
          200, keys.stream().map(result).collect(Collectors.joining(",", "{\"results\":[", "]}")));
    }

    String placed(String key, boolean replayed) {
      return """
      {"key":"%s","status":201,"replayed":%s,"order":{"id":"ord_%s","number":%s}}\
      """
          .formatted(key, replayed, key, server.numbers.incrementAndGet());
    }

    String rejected(String key, int status, String code) {
      return """
      {"key":"%s","status":%s,"problem":{"code":"%s","detail":"No.","errors":[]}}\
      """
          .formatted(key, status, code);
    }
  }

  /** Sets the response to the n-th batch, from 1. */
  void respondWith(Function<ReceivedBatch, StubReply> replies) {
    script = replies;
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Keys of the orders of each batch. */
  List<List<String>> batches() {
    return batches;
  }

  /** Authorization header of each batch; empty for none. */
  List<String> receivedTokens() {
    return receivedTokens;
  }

  private void serve(HttpExchange exchange) throws IOException {
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    receivedTokens.add(authorization == null ? "" : authorization);
    List<String> keys = new ArrayList<>();
    for (JsonNode order :
        JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes()).path("orders")) {
      keys.add(order.path("key").asString(""));
    }
    int number;
    synchronized (this) {
      batches.add(keys);
      number = batches.size();
    }
    writeReply(exchange, script.apply(new ReceivedBatch(number, keys, this)));
  }

  private static void writeReply(HttpExchange exchange, StubReply reply) throws IOException {
    try (exchange) {
      if (reply.status() > 0) {
        byte[] body = reply.body().getBytes(UTF_8);
        exchange.sendResponseHeaders(reply.status(), body.length);
        exchange.getResponseBody().write(body);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
