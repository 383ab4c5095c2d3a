package kassa.adapters.webhooks;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CompletableFuture;
import kassa.domain.webhook.DeliveryAttempt;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.jspecify.annotations.Nullable;

/**
 * Receives an answer: its status, and the start of its body. A long body is not read to its end,
 * because nothing depends on it. Used by one request.
 */
final class AnswerListener implements Response.Listener {

  /** Short bodies are read, so that the connection can be used again: 16 KiB. */
  private static final int MAX_READ_BYTES = 1 << 14;

  /** The body is longer than what is read. */
  private static final class LongBodyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LongBodyException() {
      super("the answer is long", null, false, false);
    }
  }

  private final CompletableFuture<@Nullable Throwable> done = new CompletableFuture<>();
  private final ByteArrayOutputStream start = new ByteArrayOutputStream();
  private int readBytes;
  private volatile @Nullable Integer status;
  private volatile @Nullable String retryAfter;

  /** Completes with the failure, or with {@code null}. */
  CompletableFuture<@Nullable Throwable> done() {
    return done;
  }

  @Override
  public void onHeaders(Response response) {
    status = response.getStatus();
    retryAfter = response.getHeaders().get("Retry-After");
  }

  @Override
  public void onContent(Response response, ByteBuffer content) {
    int length = content.remaining();
    synchronized (start) {
      int rest = DeliveryAttempt.MAX_ANSWER_LENGTH - start.size();
      byte[] bytes = new byte[Math.min(rest, length)];
      content.get(bytes);
      start.writeBytes(bytes);
    }
    content.position(content.limit());
    readBytes += length;
    if (readBytes > MAX_READ_BYTES) {
      var _ = response.abort(new LongBodyException());
    }
  }

  @Override
  public void onComplete(Result result) {
    Throwable failure = result.getFailure();
    done.complete(failure instanceof LongBodyException ? null : failure);
  }

  /** The status; {@code null} if there was no answer. */
  @Nullable Integer status() {
    return status;
  }

  /** Whether the status is 2xx. */
  boolean isSuccess() {
    Integer code = status;
    return code != null && code / 100 == 2;
  }

  /** The start of the body as text; {@code null} if there was no answer. */
  @Nullable String text() {
    if (status == null) {
      return null;
    }
    synchronized (start) {
      // PostgreSQL stores no zero characters.
      return start.toString(StandardCharsets.UTF_8).replace('\0', '\uFFFD');
    }
  }

  /** The wait that the receiver asks for; {@code null} if it does not, or not in a valid form. */
  @Nullable Duration retryAfter(Instant now) {
    String text = retryAfter;
    if (text == null) {
      return null;
    }
    if (text.matches("[0-9]{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(text));
    }
    try {
      Duration wait =
          Duration.between(
              now, ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
      return wait.isNegative() ? null : wait;
    } catch (DateTimeException malformed) {
      return null;
    }
  }
}
