package kassa.bootstrap.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kassa.bootstrap.config.InvalidConfigException;

/**
 * The words behind a command, told apart.
 *
 * @param operands the words that are no flags, in their order
 * @param switches the flags without a value that were set
 * @param values the flags of the command that have a value
 * @param settings what is left: flags of settings
 */
public record CommandLine(
    List<String> operands,
    Set<String> switches,
    Map<String, String> values,
    List<String> settings) {

  /**
   * Tells words apart.
   *
   * @param switches the flags of the command without a value
   * @param optionsWithValue those with one
   * @throws InvalidConfigException if one has no value
   */
  public static CommandLine of(
      List<String> arguments, Set<String> switches, Set<String> optionsWithValue) {
    CommandLine line =
        new CommandLine(new ArrayList<>(), new HashSet<>(), new HashMap<>(), new ArrayList<>());
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      String name = argument.split("=", 2)[0];
      if (switches.contains(argument)) {
        line.switches.add(argument);
      } else if (!argument.startsWith("--")) {
        line.operands.add(argument);
      } else {
        boolean hasSeparateValue = !argument.contains("=") && i + 1 < arguments.size();
        List<String> flag =
            hasSeparateValue ? List.of(argument, arguments.get(++i)) : List.of(argument);
        line.addOption(name, flag, optionsWithValue);
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

  public boolean isSet(String name) {
    return switches.contains(name);
  }

  /** The value of a flag, a whole number within bounds. */
  public long parseNumber(String name, long defaultValue, long min, long max) {
    return Optional.ofNullable(values.get(name))
        .map(text -> parseNumber(name, text, min, max))
        .orElse(defaultValue);
  }

  /** A text that has to be a whole number within bounds. */
  public static long parseNumber(String name, String text, long min, long max) {
    long number = text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
    if (number < min || number > max) {
      throw new InvalidConfigException(
          List.of(name + " must be a whole number from " + min + " to " + max));
    }
    return number;
  }

  private void addOption(String name, List<String> flag, Set<String> optionsWithValue) {
    if (!optionsWithValue.contains(name)) {
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
