package kassa.adapters.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import kassa.application.telemetry.Step;
import kassa.application.telemetry.StepTimer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightEventsTest {

  @TempDir private Path folder;

  @Test
  void a_recording_has_the_steps_of_a_request() throws IOException {
    ServerTelemetry telemetry = new ServerTelemetry("0.1.0", null);
    try (Recording recording = new Recording()) {
      recording.start();
      var request = telemetry.beginRequest(header -> null);
      for (Step step : Step.values()) {
        try (StepTimer timer = telemetry.begin(step)) {
          timer.stop();
        }
      }
      request.end("POST", "/v1/orders", 201);
      recording.stop();
      Path file = folder.resolve("recording.jfr");
      recording.dump(file);
      List<RecordedEvent> events =
          RecordingFile.readAllEvents(file).stream()
              .filter(event -> event.getEventType().getName().startsWith("kassa."))
              .toList();

      assertThat(events)
          .extracting(event -> event.getEventType().getName())
          .containsExactlyInAnyOrder(
              "kassa.Pricing", "kassa.GroupWait", "kassa.Commit", "kassa.Request");
      RecordedEvent recorded =
          events.stream().filter(event -> event.hasField("route")).findFirst().orElseThrow();
      assertThat(recorded.getString("method")).isEqualTo("POST");
      assertThat(recorded.getString("route")).isEqualTo("/v1/orders");
      assertThat(recorded.getInt("status")).isEqualTo(201);
      assertThat(recorded.getDuration()).isPositive();
    }
  }
}
