package kassa.bootstrap.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Records all output of a run and searches it for secrets, in several encodings. */
final class SecretLeakDetector {

  private final Map<String, String> secrets = new LinkedHashMap<>();
  private final List<Text> texts = new ArrayList<>();

  private record Text(String where, String content) {}

  /** Registers a secret and returns it. */
  String registerSecret(String name, String value) {
    if (value.length() < 8) {
      throw new IllegalArgumentException(name + " is too short: it could occur by chance");
    }
    secrets.put(name, value);
    return value;
  }

  /** Records an output. */
  void recordOutput(String where, String content) {
    texts.add(new Text(where, content));
  }

  /** All recorded output, to check that it was recorded. */
  String allOutput() {
    StringBuilder all = new StringBuilder();
    texts.forEach(text -> all.append(text.content()).append('\n'));
    return all.toString();
  }

  /** Secrets, or their digests, found in the output, with the places. */
  Set<String> findLeaks() {
    Set<String> leaks = new TreeSet<>();
    for (Text text : texts) {
      secrets.forEach((name, value) -> {
        leaks.addAll(match(text, name, encodings(value)));
        leaks.addAll(match(text, "the digest of " + name, digests(value)));
      });
    }
    return leaks;
  }

  /** Secrets found in stored content, which may contain digests. */
  Set<String> findLeaksInStorage(String where, String content) {
    Set<String> leaks = new TreeSet<>();
    Text text = new Text(where, content);
    secrets.forEach((name, value) -> leaks.addAll(match(text, name, encodings(value))));
    return leaks;
  }

  private static Set<String> match(Text text, String name, List<String> forms) {
    Set<String> found = new TreeSet<>();
    if (forms.stream().anyMatch(text.content()::contains)) {
      found.add(name + " in " + text.where());
    }
    return found;
  }

  private static List<String> encodings(String value) {
    List<String> forms =
        new ArrayList<>(
            List.of(value, URLEncoder.encode(value, UTF_8), hex(value.getBytes(UTF_8))));
    // In a longer Base64 text the value may start at any of three positions of a group.
    for (int before = 0; before < 3; before++) {
      byte[] bytes = (" ".repeat(before) + value).getBytes(UTF_8);
      String text = Base64.getEncoder().withoutPadding().encodeToString(bytes);
      String invariantPart = text.substring(before == 0 ? 0 : before + 1, text.length() - 2);
      forms.add(invariantPart);
      forms.add(invariantPart.replace('+', '-').replace('/', '_'));
    }
    return forms;
  }

  private static List<String> digests(String value) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(value.getBytes(UTF_8));
      return List.of(
          hex(digest),
          Base64.getEncoder().withoutPadding().encodeToString(digest),
          Base64.getUrlEncoder().withoutPadding().encodeToString(digest));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
