package kassa.adapters.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import kassa.application.port.out.webhook.WebhookSender.Message;
import kassa.application.port.out.webhook.WebhookSender.Result;
import kassa.application.port.out.webhook.WebhookSender.UrlCheck;
import kassa.domain.webhook.DeliveryAttempt;
import kassa.domain.webhook.WebhookSecret;
import kassa.domain.webhook.WebhookUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WebhookSenderTest {

  private static final Instant NOW = Instant.parse("2021-02-25T15:15:30.5Z");
  private static final WebhookNetworks LOOPBACK = new WebhookNetworks(List.of("127.0.0.0/8"));

  /** Answer of the receiver: status, header, value, body. */
  private record Answer(int status, Map<String, String> headers, String body) {}

  private final List<String> paths = new CopyOnWriteArrayList<>();
  private final List<Map<String, String>> headers = new CopyOnWriteArrayList<>();
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private volatile Answer answer = new Answer(200, Map.of(), "ok");
  private final HttpServer receiver = create();
  private final JettyWebhookSender sender = sender(LOOPBACK);

  private static JettyWebhookSender sender(WebhookNetworks networks) {
    return new JettyWebhookSender(new AddressGuard(networks, InetAddress::getAllByName));
  }

  private static HttpServer create() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @BeforeEach
  void start() {
    receiver.createContext("/", this::receive);
    receiver.start();
  }

  @AfterEach
  void stop() {
    sender.close();
    receiver.stop(0);
  }

  private void receive(HttpExchange exchange) throws IOException {
    paths.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    headers.add(
        Map.of(
            "host", exchange.getRequestHeaders().getFirst("Host"),
            "type", exchange.getRequestHeaders().getFirst("Content-Type"),
            "id", exchange.getRequestHeaders().getFirst("webhook-id"),
            "timestamp", exchange.getRequestHeaders().getFirst("webhook-timestamp"),
            "signature", exchange.getRequestHeaders().getFirst("webhook-signature")));
    bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
    byte[] bytes = answer.body().getBytes(UTF_8);
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  @Test
  void sends_the_body_with_a_signature_of_each_secret() {
    Result result = send(sender, url("/hooks?shop=1"));

    assertThat(result.attempt().isSuccess()).isTrue();
    assertThat(result.attempt().status()).isEqualTo(200);
    assertThat(result.attempt().answer()).isEqualTo("ok");
    assertThat(paths).containsExactly("POST /hooks?shop=1");
    assertThat(bodies).containsExactly("{\"test\": 2432232314}");
    assertThat(headers.getFirst())
        .containsEntry("host", "127.0.0.1:" + receiver.getAddress().getPort())
        .containsEntry("type", "application/json")
        .containsEntry("id", "msg_p5jXN8AQM9LWM0D4loKWxJek")
        .containsEntry("timestamp", "1614266130");
    assertThat(headers.getFirst().getOrDefault("signature", "").split(" "))
        .hasSize(2)
        .allMatch(signature -> signature.matches("v1,[A-Za-z0-9+/]{43}="))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 202, 204})
  void a_status_of_2xx_is_a_success(int status) {
    answer = new Answer(status, Map.of(), "");

    assertThat(send(sender, url("/")).attempt().isSuccess()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 304, 307, 308, 400, 401, 407, 410, 500, 503})
  void any_other_status_is_a_failure_and_no_redirect_is_followed(int status) {
    answer = new Answer(status, Map.of("Location", url("/other").value()), "");

    DeliveryAttempt attempt = send(sender, url("/")).attempt();

    assertThat(attempt.error()).isEqualTo("status");
    assertThat(attempt.status()).isEqualTo(status);
    assertThat(paths).containsExactly("POST /");
  }

  @ParameterizedTest
  @CsvSource({
    "120, PT2M",
    "'Thu, 25 Feb 2021 15:25:30 GMT', PT9M59.5S",
    "'Thu, 25 Feb 2021 15:00:00 GMT', ",
    "soon, ",
    "-1, "
  })
  void reads_how_long_to_wait(String header, Duration wait) {
    answer = new Answer(503, Map.of("Retry-After", header), "");

    assertThat(send(sender, url("/")).retryAfter()).isEqualTo(wait);
  }

  @Test
  void keeps_the_start_of_a_long_answer_and_reads_no_more_than_it_needs() {
    answer = new Answer(200, Map.of(), "\0" + "ä".repeat(4_000_000));

    DeliveryAttempt attempt = send(sender, url("/")).attempt();

    assertThat(attempt.isSuccess()).isTrue();
    assertThat(attempt.answer()).startsWith("\uFFFDää").hasSizeLessThanOrEqualTo(513);
  }

  @Test
  void reports_a_receiver_that_is_not_there() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    DeliveryAttempt attempt =
        send(sender, new WebhookUrl("http://127.0.0.1:" + port + "/")).attempt();

    assertThat(attempt.error()).isEqualTo("connect");
    assertThat(attempt.status()).isNull();
  }

  @Test
  void reports_a_receiver_without_tls() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread answering = Thread.startVirtualThread(() -> answerWithoutTls(plain));

      DeliveryAttempt attempt =
          send(sender, new WebhookUrl("https://127.0.0.1:" + plain.getLocalPort() + "/")).attempt();

      assertThat(attempt.error()).isEqualTo("tls");
      answering.join();
    }
  }

  private static void answerWithoutTls(ServerSocket plain) {
    try (Socket socket = plain.accept()) {
      int first = socket.getInputStream().read();
      socket.getOutputStream().write(("HTTP/1.1 400 " + first + "\r\n\r\n").getBytes(UTF_8));
    } catch (IOException closed) {
      throw new UncheckedIOException(closed);
    }
  }

  @Test
  void reports_a_receiver_that_does_not_answer_in_time() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      DeliveryAttempt attempt =
          send(sender, new WebhookUrl("http://127.0.0.1:" + silent.getLocalPort() + "/")).attempt();

      assertThat(attempt.error()).isEqualTo("timeout");
      assertThat(attempt.latency()).isGreaterThanOrEqualTo(Duration.ofSeconds(9));
    }
  }

  @Test
  void does_not_connect_to_a_host_that_is_not_allowed() {
    try (JettyWebhookSender strict = sender(new WebhookNetworks(List.of()))) {
      assertThat(strict.check(url("/"))).isEqualTo(UrlCheck.ADDRESS_NOT_ALLOWED);
      assertThat(send(strict, url("/")).attempt().error()).isEqualTo("address_not_allowed");
    }
    assertThat(paths).isEmpty();
  }

  @Test
  void connects_to_the_address_that_was_checked_when_a_name_changes_its_address() {
    AtomicInteger lookups = new AtomicInteger();
    InetAddress allowed = InetAddress.ofLiteral("127.0.0.1");
    InetAddress hidden = InetAddress.ofLiteral("127.0.0.2");
    WebhookNetworks one = new WebhookNetworks(List.of("127.0.0.1"));
    AddressGuard guard =
        new AddressGuard(
            one, host -> new InetAddress[] {lookups.incrementAndGet() == 2 ? allowed : hidden});
    WebhookUrl url =
        new WebhookUrl("http://rebinding.example:" + receiver.getAddress().getPort() + "/");

    try (JettyWebhookSender rebinding = new JettyWebhookSender(guard)) {
      assertThat(rebinding.check(url)).isEqualTo(UrlCheck.ADDRESS_NOT_ALLOWED);
      // The second look-up is that of the connection, and the only one.
      assertThat(send(rebinding, url).attempt().isSuccess()).isTrue();
      assertThat(lookups).hasValue(2);
    }
    assertThat(headers.getFirst().get("host")).startsWith("rebinding.example:");
    try (JettyWebhookSender rebinding = new JettyWebhookSender(guard)) {
      assertThat(send(rebinding, url).attempt().error()).isEqualTo("address_not_allowed");
    }
    assertThat(paths).hasSize(1);
  }

  private WebhookUrl url(String path) {
    return new WebhookUrl("http://127.0.0.1:" + receiver.getAddress().getPort() + path);
  }

  private static Result send(JettyWebhookSender sender, WebhookUrl url) {
    return sender.send(
        new Message(
            url,
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            NOW,
            NOW,
            "{\"test\": 2432232314}",
            List.of(
                new WebhookSecret(1, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", NOW, null),
                new WebhookSecret(2, "whsec_" + "B".repeat(32), NOW, null))));
  }
}
