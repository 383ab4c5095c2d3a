package kassa.bootstrap.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kassa.bootstrap.config.InvalidConfigException;
import kassa.bootstrap.config.Setting;
import kassa.domain.InvalidValueException;
import kassa.domain.identity.EmailAddress;

/**
 * Parsed arguments of a command.
 *
 * @param command the name of the command; empty for the server
 * @param operands the arguments that are not flags, in their order
 * @param switches the flags of the command without a value that are set
 * @param values the flags of the command with a value
 * @param settings the flags of the settings
 */
public record CommandLine(
    String command,
    List<String> operands,
    Set<String> switches,
    Map<String, String> values,
    Map<Setting, String> settings) {

  /** Without the values, which may be secrets. */
  @Override
  public String toString() {
    return "CommandLine[" + command + "]";
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
}
