package kassa.bootstrap.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kassa.bootstrap.config.InvalidConfigException;
import kassa.domain.InvalidValueException;
import kassa.domain.identity.EmailAddress;

/**
 * Parsed arguments of a command.
 *
 * @param operands the arguments that are not flags, in their order
 * @param switches the flags of the command without a value that are set
 * @param values the flags of the command with a value
 * @param settings all other flags: those of the settings
 */
public record CommandLine(
    List<String> operands,
    Set<String> switches,
    Map<String, String> values,
    List<String> settings) {

  /**
   * Parses the arguments after the name of the command.
   *
   * @param switches the flags of the command without a value
   * @param optionsWithValue the flags of the command with a value
   * @throws InvalidConfigException if the value of a flag is missing
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

  /**
   * Returns the only operand.
   *
   * @param what describes the operand in the error message
   * @throws InvalidConfigException if the number of operands is not one
   */
  String operand(String what) {
    if (operands.size() != 1) {
      throw new InvalidConfigException(List.of("expects " + what + "; see ./kassa --help"));
    }
    return operands.getFirst();
  }

  /** Whether a flag without a value is set. */
  public boolean isSet(String name) {
    return switches.contains(name);
  }

  /**
   * Returns the value of a flag as a whole number.
   *
   * @param min the minimum, inclusive
   * @param max the maximum, inclusive
   * @throws InvalidConfigException if the value is not a number in this range
   */
  public long parseNumber(String name, long defaultValue, long min, long max) {
    return Optional.ofNullable(values.get(name))
        .map(text -> parseNumber(name, text, min, max))
        .orElse(defaultValue);
  }

  /**
   * Parses a whole number.
   *
   * @param name the name of the argument in the error message
   * @param min the minimum, inclusive
   * @param max the maximum, inclusive
   * @throws InvalidConfigException if the text is not a number in this range
   */
  public static long parseNumber(String name, String text, long min, long max) {
    long number = text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
    if (number < min || number > max) {
      throw new InvalidConfigException(
          List.of(name + " must be a whole number from " + min + " to " + max));
    }
    return number;
  }

  /**
   * Parses the email of a user.
   *
   * @throws InvalidConfigException if it is malformed
   */
  static EmailAddress parseEmail(String text) {
    try {
      return new EmailAddress(text);
    } catch (InvalidValueException malformed) {
      throw new InvalidConfigException(List.of(String.valueOf(malformed.getMessage())));
    }
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
