package kassa.adapters.webhooks;

import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import kassa.adapters.webhooks.AddressGuard.RefusedHostException;
import kassa.application.port.out.webhook.WebhookSender.Message;
import kassa.application.port.out.webhook.WebhookSender.Result;
import kassa.domain.webhook.DeliveryAttempt;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * HTTP client for receivers, with or without TLS. Each new connection goes to an address that the
 * guard has just looked up and allowed, under the name of the host. Redirects, cookies and
 * authentication are off. Thread-safe.
 */
final class ReceiverClient implements AutoCloseable {

  /** From the first byte of a request to the last one of its answer, with a new connection. */
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);

  /** The timeout of the client ends a request; this ends the wait if that fails. */
  private static final Duration MAX_WAIT = TIMEOUT.plusSeconds(5);

  private static final int MAX_THREADS = 8;
  private static final int MAX_CONNECTIONS_PER_HOST = 16;
  private static final int MAX_HEADER_BYTES = 1 << 14;

  private final HttpClient http;

  private ReceiverClient(HttpClient http) {
    this.http = http;
  }

  /** Starts a client with its threads. */
  static ReceiverClient start(AddressGuard guard, boolean isSecure) {
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 1);
    threads.setName("webhooks");
    threads.setDaemon(true);
    ClientConnector connector = new ClientConnector();
    connector.setSelectors(1);
    connector.setExecutor(threads);
    connector.setConnectTimeout(CONNECT_TIMEOUT);
    connector.setIdleTimeout(IDLE_TIMEOUT);
    connector.setSslContextFactory(new SslContextFactory.Client());
    HttpClient http = new HttpClient(new HttpClientTransportOverHTTP(connector));
    http.setSocketAddressResolver(new GuardedResolver(guard, isSecure));
    http.setFollowRedirects(false);
    http.setHttpCookieStore(new HttpCookieStore.Empty());
    http.setMaxConnectionsPerDestination(MAX_CONNECTIONS_PER_HOST);
    http.setMaxResponseHeadersSize(MAX_HEADER_BYTES);
    http.setDestinationIdleTimeout(IDLE_TIMEOUT.toMillis());
    http.setUserAgentField(new HttpField(HttpHeader.USER_AGENT, "Kassa-Webhooks/1.0"));
    try {
      http.start();
    } catch (Exception failure) {
      throw new IllegalStateException("the client for webhooks cannot start", failure);
    }
    http.getContentDecoderFactories().clear();
    http.getProtocolHandlers().clear();
    return new ReceiverClient(http);
  }

  /** Lets a connection be made only to addresses that were checked. */
  private record GuardedResolver(AddressGuard guard, boolean isSecure)
      implements SocketAddressResolver {

    @Override
    public void resolve(
        String host,
        int port,
        Map<String, Object> context,
        Promise<List<InetSocketAddress>> promise) {
      try {
        promise.succeeded(
            guard.resolve(host.replaceAll("[\\[\\]]", ""), isSecure).stream()
                .map(address -> new InetSocketAddress(address, port))
                .toList());
      } catch (RefusedHostException refused) {
        promise.failed(refused);
      }
    }
  }

  /** Sends a message, and waits for the answer. Every failure is a result. */
  Result send(Message message) {
    long begun = System.nanoTime();
    AnswerListener answer = new AnswerListener();
    Throwable failure = null;
    try {
      CompletableFuture<@Nullable Throwable> done = answer.done();
      request(message).send(answer);
      failure = done.get(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      failure = interrupted;
    } catch (ExecutionException | TimeoutException | RuntimeException failed) {
      failure = failed;
    }
    return result(message.at(), Duration.ofNanos(System.nanoTime() - begun), answer, failure);
  }

  private Request request(Message message) {
    long seconds = message.at().getEpochSecond();
    byte[] body = message.body().getBytes(StandardCharsets.UTF_8);
    String signature = WebhookSignature.of(message.id(), seconds, body, message.secrets());
    return http.newRequest(URI.create(message.url().value()))
        .method(HttpMethod.POST)
        .timeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .headers(headers ->
            headers
                .put("webhook-id", message.id())
                .put("webhook-timestamp", Long.toString(seconds))
                .put("webhook-signature", signature))
        .body(new BytesRequestContent("application/json", body));
  }

  private static Result result(
      Instant at, Duration latency, AnswerListener answer, @Nullable Throwable failure) {
    String error =
        failure != null ? error(failure) : answer.isSuccess() ? null : DeliveryAttempt.STATUS_ERROR;
    return new Result(
        new DeliveryAttempt(at, latency, answer.status(), error, answer.text()),
        answer.retryAfter(at));
  }

  /** Returns a word for a failure. Its message may contain details of the network. */
  private static String error(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case RefusedHostException refused -> {
          return refused.reason().name().toLowerCase(Locale.ROOT);
        }
        case TimeoutException _ -> {
          return "timeout";
        }
        case java.net.SocketTimeoutException _ -> {
          return "timeout";
        }
        case SSLException _ -> {
          return "tls";
        }
        case ConnectException _ -> {
          return "connect";
        }
        default -> {}
      }
    }
    return "connection";
  }

  @Override
  public void close() {
    try {
      http.stop();
    } catch (Exception failure) {
      throw new IllegalStateException("the client for webhooks cannot stop", failure);
    }
  }
}
