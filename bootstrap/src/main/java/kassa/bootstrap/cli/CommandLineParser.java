package kassa.bootstrap.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import kassa.bootstrap.config.InvalidConfigException;
import kassa.bootstrap.config.SecretRedactor;
import kassa.bootstrap.config.Setting;
import picocli.AutoComplete;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The commands with their flags and help texts, parsed by picocli. Its error messages are not used,
 * because they repeat arguments, which may be secrets. See docs/decisions/0142.
 */
public final class CommandLineParser {

  /** Name of the command that starts a session. */
  public static final String LOGIN = "login";

  /** Command of a line whose only operand is to be printed: a help text or a script. */
  public static final String PRINT = "print";

  private static final String COMPLETION = "completion";
  private static final String HELP = "help";
  private static final int HELP_WIDTH = 120;
  private static final int MAX_FLAG_WIDTH = 36;

  private CommandLineParser() {}

  /**
   * Parses the arguments of the program.
   *
   * @param version the version of the program
   * @throws InvalidConfigException if a command or flag is unknown, or a value is missing; reports
   *     all errors
   */
  public static CommandLine parse(List<String> arguments, String version) {
    picocli.CommandLine parser = parser();
    ParseResult program = parser.parseArgs(withHelpFlag(arguments).toArray(String[]::new));
    ParseResult command = program.hasSubcommand() ? program.subcommand() : program;
    String name = program.hasSubcommand() ? command.commandSpec().name() : "";
    if (command.isUsageHelpRequested()) {
      return print(command.commandSpec().commandLine().getUsageMessage(Ansi.OFF));
    }
    if (command.isVersionHelpRequested()) {
      return print("kassa " + version + System.lineSeparator());
    }
    List<ParseResult> results =
        program.hasSubcommand() ? List.of(program, command) : List.of(program);
    requireNoErrors(results, arguments);
    return name.equals(COMPLETION)
        ? print(AutoComplete.bash("kassa", parser))
        : toCommandLine(name, results);
  }

  /** {@code help sql} is {@code sql --help}. */
  private static List<String> withHelpFlag(List<String> arguments) {
    if (arguments.isEmpty() || !arguments.getFirst().equals(HELP)) {
      return arguments;
    }
    List<String> flagged = new ArrayList<>(arguments.subList(1, arguments.size()));
    flagged.add("--help");
    return flagged;
  }

  private static CommandLine print(String text) {
    return new CommandLine(PRINT, List.of(text), Set.of(), Map.of(), Map.of());
  }

  /** Flags of settings may also stand before the command. */
  private static CommandLine toCommandLine(String name, List<ParseResult> results) {
    List<String> operands = new ArrayList<>();
    Set<String> switches = new HashSet<>();
    Map<String, String> values = new HashMap<>();
    Map<Setting, String> settings = new EnumMap<>(Setting.class);
    results.getLast().matchedPositionals().stream()
        .distinct()
        .forEach(operand -> operands.addAll(operand.stringValues()));
    for (OptionSpec flag : matched(results).toList()) {
      String text = flag.stringValues().getLast();
      if (flag.userObject() instanceof Setting setting) {
        settings.put(setting, text);
      } else if (flag.arity().max() == 0) {
        switches.add(flag.longestName());
      } else if (text.isEmpty()) {
        throw new InvalidConfigException(List.of(flag.longestName() + " needs a value"));
      } else {
        values.put(flag.longestName(), text);
      }
    }
    return new CommandLine(name, operands, switches, values, settings);
  }

  private static Stream<OptionSpec> matched(List<ParseResult> results) {
    return results.stream().flatMap(result -> result.matchedOptions().stream());
  }

  private static void requireNoErrors(List<ParseResult> results, List<String> arguments) {
    List<String> errors = new ArrayList<>();
    List<OptionSpec> withoutValue = new ArrayList<>();
    List<UnmatchedArgumentException> unmatched = new ArrayList<>();
    for (Exception error : results.stream().flatMap(result -> result.errors().stream()).toList()) {
      switch (error) {
        case UnmatchedArgumentException unknown -> unmatched.add(unknown);
        case MissingParameterException missing -> {
          for (ArgSpec flag : missing.getMissing()) {
            withoutValue.add((OptionSpec) flag);
          }
        }
        default -> errors.add("the arguments are not valid; see ./kassa --help");
      }
    }
    String secretFlag =
        Stream.concat(
                matched(results).filter(CommandLineParser::mayContainSecret),
                withoutValue.stream()
                    .filter(flag -> !arguments.getLast().equals(flag.longestName())))
            .map(OptionSpec::longestName)
            .findFirst()
            .orElse("");
    unmatched.forEach(unknown -> addUnmatched(unknown, secretFlag, errors));
    withoutValue.forEach(flag -> errors.add(flag.longestName() + " needs a value"));
    if (!errors.isEmpty()) {
      throw new InvalidConfigException(errors);
    }
  }

  private static boolean mayContainSecret(OptionSpec flag) {
    return flag.userObject() instanceof Setting setting && setting.mayContainSecret();
  }

  /**
   * Adds an error for each unknown argument. The argument after a secret, an unknown flag or a flag
   * without a value may be a part of a secret: it is never printed.
   */
  private static void addUnmatched(
      UnmatchedArgumentException unmatched, String secretFlag, List<String> errors) {
    String flagBefore = secretFlag;
    for (String argument : unmatched.getUnmatched()) {
      String name = nameIn(argument);
      if (!flagBefore.isEmpty() && !name.startsWith("--")) {
        errors.add(
            "unexpected argument after " + flagBefore + "; quote values that contain spaces");
      } else {
        errors.add(
            "unknown command or flag "
                + name
                + suggestion(unmatched, name)
                + "; see ./kassa --help");
      }
      flagBefore = name.startsWith("-") ? name : flagBefore;
    }
  }

  /**
   * Returns the part of an unknown argument that cannot be a secret: the name of a flag without
   * what follows it, such as {@code --token:SECRET}, and a URL without its password.
   */
  private static String nameIn(String argument) {
    String text = argument.split("=", 2)[0];
    if (!text.startsWith("-")) {
      return SecretRedactor.maskUrl(text);
    }
    String name = text.split("[^A-Za-z0-9-]", 2)[0];
    String known =
        Arrays.stream(Setting.values())
            .filter(Setting::mayContainSecret)
            .map(setting -> "--" + setting.key())
            .filter(name::startsWith)
            .findFirst()
            .orElse(name);
    return known.equals(text) ? text : known + SecretRedactor.MASK;
  }

  private static String suggestion(UnmatchedArgumentException unmatched, String name) {
    List<String> similar =
        new UnmatchedArgumentException(unmatched.getCommandLine(), List.of(name)).getSuggestions();
    return similar.isEmpty() ? "" : " (did you mean " + similar.getFirst() + "?)";
  }

  private static picocli.CommandLine parser() {
    CommandSpec program = command("./kassa", "", "Start the server; Ctrl-C stops it.");
    program
        .usageMessage()
        .customSynopsis("./kassa [COMMAND] [flags]")
        .sectionKeys(
            List.of(
                UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING,
                UsageMessageSpec.SECTION_KEY_SYNOPSIS,
                UsageMessageSpec.SECTION_KEY_DESCRIPTION,
                UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING,
                UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
                UsageMessageSpec.SECTION_KEY_FOOTER,
                UsageMessageSpec.SECTION_KEY_OPTION_LIST))
        .commandListHeading("Commands:%n")
        .footer(
            "",
            "./kassa COMMAND --help prints the flags of a command. Settings are flags, environment"
                + " variables, or keys of ./kassa.properties without the dashes; a flag overrides a"
                + " variable, a variable overrides the file.",
            "");
    program.addOption(
        OptionSpec.builder("--version")
            .versionHelp(true)
            .description("Print the version.")
            .build());
    for (CommandSpec command : commands()) {
      command
          .usageMessage()
          .footer("", "Settings are flags of every command; see ./kassa --help.")
          .sectionMap()
          .put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, CommandLineParser::ownFlags);
      program.addSubcommand(command.name(), command);
    }
    return configured(new picocli.CommandLine(program));
  }

  /** The flags of a command without those of the settings. */
  private static String ownFlags(Help help) {
    Help.Layout layout = help.createDefaultLayout();
    layout.addOptions(
        help.commandSpec().options().stream()
            .filter(flag -> !(flag.userObject() instanceof Setting))
            .toList(),
        help.createDefaultParamLabelRenderer());
    return layout.toString();
  }

  private static List<CommandSpec> commands() {
    return List.of(
        command(
            LOGIN,
            "[EMAIL]",
            "Print a session token of the first admin, or of another user; needs a running server,"
                + " but no password."),
        command("config", "", "Print the effective settings and the source of each."),
        command(
            "sql",
            "QUERY",
            "Query the database, also while the server runs.",
            flag("--csv", "Print CSV instead of a table."),
            option("--rows", "N", "Maximum number of rows, 1 to 1000000000 [1000]."),
            option("--timeout", "N", "Timeout in seconds, 1 to 86400 [60].")),
        command(
            "password",
            "EMAIL",
            "Set a temporary password for a user and print it once; also while the server runs."),
        command(
            "backup",
            "FILE",
            "Back up the embedded database, also while the server runs.",
            flag("--force", "Overwrite an existing file.")),
        command(
            "restore",
            "FILE",
            "Restore a backup; no server may run.",
            flag("--force", "Overwrite an existing database."),
            option(
                "--max-size",
                "N",
                "Maximum size of the restored database in MiB [100 times the backup, at least"
                    + " 64].")),
        command(
            "demo",
            "[N]",
            "Generate N sample orders over two years [10000].",
            option("--seed", "N", "Seed of the random data [1]."),
            option("--until", "TIME", "End of the two years, such as 2026-06-30T12:00:00Z [now]."),
            flag("--force", "Generate orders even if the database already has orders.")),
        command(
            "import",
            "FILE",
            "Place the orders of an NDJSON or CSV file, each once; - is standard input.",
            option(
                "--url",
                "URL",
                "URL of the server [the running server of the database, or a temporary one]."),
            option("--format", "FORMAT", "ndjson or csv [by the file extension; ndjson for -]."),
            option("--results", "FILE", "Result of each order [FILE.results.ndjson].")),
        command(
            COMPLETION, "", "Print a script that completes commands and flags in Bash or Zsh."));
  }

  private static CommandSpec command(
      String name, String operand, String description, OptionSpec... flags) {
    CommandSpec command = CommandSpec.create().name(name);
    command
        .usageMessage()
        .description(description, "")
        .customSynopsis(("./kassa " + name + " " + operand).strip() + " [flags]")
        .sortOptions(false)
        .longOptionsMaxWidth(MAX_FLAG_WIDTH)
        .width(HELP_WIDTH);
    if (!operand.isEmpty()) {
      command.addPositional(
          PositionalParamSpec.builder()
              .index("0..*")
              .arity("0..*")
              .type(String[].class)
              .paramLabel(operand)
              .hidden(true)
              .build());
    }
    Arrays.stream(flags).forEach(command::addOption);
    for (Setting setting : Setting.values()) {
      command.addOption(settingFlag(setting));
    }
    command.addOption(
        OptionSpec.builder("-h", "--help").usageHelp(true).description("Print this help.").build());
    return command;
  }

  private static OptionSpec flag(String name, String description) {
    return OptionSpec.builder(name).description(description).build();
  }

  private static OptionSpec option(String name, String label, String description) {
    return OptionSpec.builder(name)
        .arity("1")
        .type(String.class)
        .paramLabel(label)
        .description(description)
        .build();
  }

  private static OptionSpec settingFlag(Setting setting) {
    String defaultValue =
        setting.defaultValue().isEmpty() ? "" : " [" + setting.defaultValue() + "]";
    return OptionSpec.builder("--" + setting.key())
        .arity("1")
        .type(String.class)
        .paramLabel("VALUE")
        .userObject(setting)
        .description(setting.environmentVariable() + defaultValue, setting.description())
        .build();
  }

  /** Arguments are taken as they are: files are not read, and variables are not replaced. */
  private static picocli.CommandLine configured(picocli.CommandLine parser) {
    for (picocli.CommandLine line :
        Stream.concat(Stream.of(parser), parser.getSubcommands().values().stream()).toList()) {
      line.getCommandSpec().interpolateVariables(false);
      line.getCommandSpec().parser().collectErrors(true);
    }
    return parser
        .setExpandAtFiles(false)
        .setInterpolateVariables(false)
        .setOverwrittenOptionsAllowed(true)
        .setPosixClusteredShortOptionsAllowed(false);
  }
}
