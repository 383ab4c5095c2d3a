import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reports which flaws are known of the libraries of a bill of materials in CycloneDX, as a service
 * that speaks the protocol of OSV (google.github.io/osv.dev) tells. It ends with 0 if none is
 * known, with 1 if some are, and with 2 if the service could not be asked, which is not the same as
 * none.
 */
final class KnownFlaws {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final JsonMapper JSON = new JsonMapper();

  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 2) {
      throw new IllegalArgumentException("expected the address of a service and a bill");
    }
    Path bill = Path.of(arguments[1]);
    if (!Files.exists(bill)) {
      System.out.println(
          "UNKNOWN: there is no " + bill + "; a build that is not offline writes it.");
      System.exit(2);
    }
    List<String> libraries = libraries(bill);
    if (libraries.isEmpty()) {
      throw new IllegalArgumentException("the bill names no library");
    }
    URI service = URI.create(arguments[0] + "/v1/querybatch");
    List<String> flaws;
    try {
      flaws = ask(service, libraries);
    } catch (IOException | JacksonException | IllegalStateException failed) {
      System.out.println("UNKNOWN: " + service + " could not be asked (" + failed + ").");
      System.out.println("Whether flaws are known of " + libraries.size() + " libraries is open.");
      System.exit(2);
      return;
    }
    flaws.forEach(System.out::println);
    System.out.printf("%d libraries, %d known flaws%n", libraries.size(), flaws.size());
    System.exit(flaws.isEmpty() ? 0 : 1);
  }

  /** The libraries of others, as {@code pkg:maven/group/name@version}. */
  private static List<String> libraries(Path bill) throws IOException {
    return JSON.readTree(Files.readString(bill))
        .path("components")
        .valueStream()
        .map(component -> component.path("purl").asString("").replaceFirst("\\?.*", ""))
        .filter(name -> name.startsWith("pkg:") && !name.startsWith("pkg:maven/kassa/"))
        .sorted()
        .toList();
  }

  /** The flaws, a line each. */
  private static List<String> ask(URI service, List<String> libraries)
      throws IOException, InterruptedException {
    List<Map<String, Map<String, String>>> queries =
        libraries.stream().map(name -> Map.of("package", Map.of("purl", name))).toList();
    HttpRequest request =
        HttpRequest.newBuilder(service)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(Map.of("queries", queries))))
            .build();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException("it answered " + answer.statusCode());
      }
      return flaws(libraries, JSON.readTree(answer.body()).path("results"));
    }
  }

  /** Results stand in the order of what was asked. */
  private static List<String> flaws(List<String> libraries, JsonNode results) {
    if (results.size() != libraries.size()) {
      throw new IllegalStateException("it answered something else");
    }
    List<String> flaws = new ArrayList<>();
    for (int i = 0; i < libraries.size(); i++) {
      String library = libraries.get(i);
      results
          .get(i)
          .path("vulns")
          .forEach(flaw -> flaws.add(library + "  " + flaw.path("id").asString("?")));
    }
    return flaws;
  }
}
