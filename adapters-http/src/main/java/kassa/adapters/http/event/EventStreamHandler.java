package kassa.adapters.http.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.page.Cursors;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.request.QueryParameters;
import kassa.adapters.http.request.RequestIds;
import kassa.adapters.http.routing.ConcurrencyLimiter;
import kassa.adapters.http.routing.ConnectionAbortHandler;
import kassa.adapters.http.routing.PacedOutputStream;
import kassa.adapters.http.routing.RequestClass;
import kassa.adapters.http.routing.Route;
import kassa.adapters.http.security.CredentialCheck;
import kassa.adapters.http.security.CurrentCaller;
import kassa.application.port.in.Secured;
import kassa.application.port.in.event.ReadEvents;
import kassa.application.telemetry.Telemetry;
import kassa.domain.event.Event;
import kassa.domain.event.EventFilter;
import kassa.domain.event.EventPage;
import kassa.domain.event.EventPosition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams events as they happen, as Server-Sent Events, at the speed of the client: at most one
 * page is in memory. A stream ends when its credential is not valid any more, and at shutdown.
 */
public final class EventStreamHandler {

  static final String EVENT_STREAM = "text/event-stream";

  private static final String LAST_EVENT_ID = "Last-Event-ID";
  private static final int PAGE_SIZE = 100;
  private static final int BUFFER_BYTES = 8_192;

  /** How often the credential and the state of the server are checked. */
  private static final Duration CHECK_INTERVAL = Duration.ofMillis(250);

  private static final Logger LOG = LoggerFactory.getLogger(EventStreamHandler.class);

  private final Secured<ReadEvents> readEvents;
  private final Cursors cursors;
  private final JsonCodec json;
  private final ConcurrencyLimiter limiter;
  private final Duration keepAlive;
  private final Telemetry telemetry;

  /**
   * @param limiter ends the streams when it is closed
   * @param keepAlive how often a stream without events sends a comment
   */
  public EventStreamHandler(
      Secured<ReadEvents> readEvents,
      Cursors cursors,
      JsonCodec json,
      ConcurrencyLimiter limiter,
      Duration keepAlive,
      Telemetry telemetry) {
    this.readEvents = readEvents;
    this.cursors = cursors;
    this.json = json;
    this.limiter = limiter;
    this.keepAlive = keepAlive;
    this.telemetry = telemetry;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/v1/events/stream", this::stream, "after", "type", "subject")
            .producing(EVENT_STREAM)
            .withoutCompression()
            .withRequestClass(RequestClass.EVENTS));
  }

  private void stream(Context context) {
    ReadEvents events = readEvents.as(CurrentCaller.of(context));
    QueryParameters query = QueryParameters.of(context);
    EventFilter filter = EventParameters.filter(query);
    query.requireValid();
    String lastEventId = context.header(LAST_EVENT_ID);
    EventPosition start = start(events, lastEventId == null ? query.value("after") : lastEventId);
    EventPosition position = start == null ? events.latest() : start;
    context.res().setStatus(200);
    context.res().setContentType(EVENT_STREAM);
    if (context.method().equals(HandlerType.HEAD)) {
      return;
    }
    try (ReadEvents.Follower follower = events.follow()) {
      Writer writer =
          new Writer(new BufferedOutputStream(PacedOutputStream.of(context), BUFFER_BYTES));
      writer.begin(position, start == null);
      follow(writer, follower, filter, position, CredentialCheck.of(context));
    } catch (ProblemException ended) {
      LOG.info("The event stream {} ended: {}", RequestIds.of(context), ended.getMessage());
    } catch (IOException disconnected) {
      LOG.debug("Client of request {} disconnected", RequestIds.of(context), disconnected);
      ConnectionAbortHandler.abort(context);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException failure) {
      LOG.warn("The event stream {} failed", RequestIds.of(context), failure);
      ConnectionAbortHandler.abort(context);
    }
  }

  /**
   * Returns the position at which a stream starts; {@code null} if events after it are missing, so
   * that the client must read everything again.
   */
  private @Nullable EventPosition start(ReadEvents events, @Nullable String after) {
    try {
      return EventParameters.position(
          cursors, events, after == null ? EventParameters.LATEST : after);
    } catch (ProblemException unknown) {
      return null;
    }
  }

  private void follow(
      Writer writer,
      ReadEvents.Follower follower,
      EventFilter filter,
      EventPosition start,
      CredentialCheck credential)
      throws IOException, InterruptedException {
    EventPosition position = start;
    boolean isLive = false;
    while (!limiter.isClosed()) {
      credential.requireValid();
      EventPage page = follower.next(position, filter, PAGE_SIZE, CHECK_INTERVAL);
      position = page.next();
      for (Event event : page.events()) {
        writer.write(event);
      }
      writer.flush(position, !page.events().isEmpty());
      if (isLive) {
        recordLag(page.events());
      }
      // Until then the client catches up with events of the past.
      isLive = isLive || page.events().size() < PAGE_SIZE;
    }
  }

  private void recordLag(List<Event> sent) {
    Instant now = Instant.now();
    for (Event event : sent) {
      telemetry.recordEventLag(Math.max(0, Duration.between(event.occurredAt(), now).toNanos()));
    }
  }

  /** Writes the lines of a stream. */
  private final class Writer {

    private final OutputStream output;
    private long lastFlush;

    Writer(OutputStream output) {
      this.output = output;
    }

    void begin(EventPosition position, boolean needsResync) throws IOException {
      if (needsResync) {
        write("event: resync\ndata: {}\n");
      }
      writeId(position);
      flush(position, true);
    }

    void write(Event event) throws IOException {
      write("event: " + event.type().wireName() + "\ndata: ");
      output.write(json.write(EventResponse.of(event)));
      write("\n");
      writeId(event.position());
    }

    /** Sends what was written, or a comment if nothing was sent for a while. */
    void flush(EventPosition position, boolean isWritten) throws IOException {
      long now = System.nanoTime();
      if (!isWritten && now - lastFlush >= keepAlive.toNanos()) {
        write(": keep-alive\n");
        writeId(position);
      } else if (!isWritten) {
        return;
      }
      output.flush();
      lastFlush = now;
    }

    /** Without data, it sets the position from which a client resumes, and is no event. */
    private void writeId(EventPosition position) throws IOException {
      write("id: " + EventParameters.encode(cursors, position) + "\n\n");
    }

    private void write(String text) throws IOException {
      output.write(text.getBytes(UTF_8));
    }
  }
}
