package kassa.bootstrap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The words behind a command, told apart.
 *
 * @param operands the words that are no flags, in their order
 * @param switches the flags without a value that were set
 * @param values the flags of the command that have a value
 * @param settings what is left: flags of settings
 */
record CommandLine(
    List<String> operands,
    Set<String> switches,
    Map<String, String> values,
    List<String> settings) {

  /**
   * Tells words apart.
   *
   * @param switches the flags of the command without a value
   * @param valued those with one
   * @throws InvalidConfigException if one has no value
   */
  static CommandLine of(List<String> words, Set<String> switches, Set<String> valued) {
    CommandLine line =
        new CommandLine(new ArrayList<>(), new HashSet<>(), new HashMap<>(), new ArrayList<>());
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      String name = word.split("=", 2)[0];
      if (switches.contains(word)) {
        line.switches.add(word);
      } else if (!word.startsWith("--")) {
        line.operands.add(word);
      } else {
        boolean ownsNext = !word.contains("=") && i + 1 < words.size();
        List<String> flag = ownsNext ? List.of(word, words.get(++i)) : List.of(word);
        line.take(name, flag, valued);
      }
    }
    return line;
  }

  /** The one operand. */
  String operand(String what) {
    if (operands.size() != 1) {
      throw new InvalidConfigException(List.of("expects " + what + "; ./kassa --help tells more"));
    }
    return operands.getFirst();
  }

  boolean isSet(String name) {
    return switches.contains(name);
  }

  /** The value of a flag, a whole number within bounds. */
  long number(String name, long fallback, long least, long most) {
    return Optional.ofNullable(values.get(name))
        .map(text -> number(name, text, least, most))
        .orElse(fallback);
  }

  /** A text that has to be a whole number within bounds. */
  static long number(String name, String text, long least, long most) {
    long number = text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
    if (number < least || number > most) {
      throw new InvalidConfigException(
          List.of(name + " must be a whole number from " + least + " to " + most));
    }
    return number;
  }

  private void take(String name, List<String> flag, Set<String> valued) {
    if (!valued.contains(name)) {
      settings.addAll(flag);
      return;
    }
    String value =
        flag.size() == 2
            ? flag.getLast()
            : flag.getFirst().contains("=") ? flag.getFirst().substring(name.length() + 1) : "";
    if (value.isEmpty()) {
      throw new InvalidConfigException(List.of(name + " needs a value"));
    }
    values.put(name, value);
  }
}
