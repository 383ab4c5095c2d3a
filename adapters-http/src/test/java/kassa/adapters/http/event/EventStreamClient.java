package kassa.adapters.http.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Client of an event stream: reads its messages one after another. */
final class EventStreamClient implements AutoCloseable {

  /** A message: what its lines say. */
  record Message(
      @Nullable String event, @Nullable String data, @Nullable String id, List<String> comments) {}

  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpResponse<java.io.InputStream> response;
  private final BufferedReader lines;

  EventStreamClient(int port, String token, String query, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/v1/events/stream" + query))
            .header("Authorization", "Bearer " + token)
            .header("Accept", "text/event-stream");
    if (headers.length > 0) {
      request.headers(headers);
    }
    response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8));
  }

  int status() {
    return response.statusCode();
  }

  String contentType() {
    return response.headers().firstValue("Content-Type").orElse("");
  }

  /** Returns the next message; {@code null} if the stream has ended. */
  @Nullable Message next() throws IOException {
    String event = null;
    String data = null;
    String id = null;
    List<String> comments = new ArrayList<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isEmpty()) {
        return new Message(event, data, id, comments);
      }
      String value = line.substring(line.indexOf(": ") + 2);
      switch (line.substring(0, line.indexOf(": "))) {
        case "event" -> event = value;
        case "data" -> data = value;
        case "id" -> id = value;
        case "" -> comments.add(value);
        default -> throw new IllegalStateException("unknown line: " + line);
      }
    }
    return null;
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
