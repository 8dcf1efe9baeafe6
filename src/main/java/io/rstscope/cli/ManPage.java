package io.rstscope.cli;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual page, made from the commands themselves, in the macros of man(7). */
final class ManPage {
  private final CommandSpec tool;
  private final StringBuilder page = new StringBuilder();

  private ManPage(CommandSpec tool) {
    this.tool = tool;
  }

  /**
   * The page as roff.
   *
   * @param version such as {@code rstscope 1.0}
   */
  static String of(CommandLine tool, String version) {
    ManPage page = new ManPage(tool.getCommandSpec());
    page.write(tool, version);
    return page.page.toString();
  }

  private void write(CommandLine commands, String version) {
    String name = tool.name();
    macro(".TH " + name.toUpperCase(Locale.ROOT) + " 1 \"\" \"" + version + "\"");
    macro(".SH NAME");
    line(name + " \\- " + escape(sentence(tool.usageMessage().description())));
    macro(".SH SYNOPSIS");
    for (CommandLine command : commands.getSubcommands().values()) {
      macro(".br");
      text(new Help(command.getCommandSpec(), Help.Ansi.OFF).synopsis(0).replaceAll("\\s+", " "));
    }
    macro(".SH DESCRIPTION");
    text(String.join(" ", tool.usageMessage().description()));
    commands.getSubcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .forEach(this::command);
    macro(".SH EXIT STATUS");
    for (Map.Entry<String, String> status : tool.usageMessage().exitCodeList().entrySet()) {
      item(status.getKey(), status.getValue());
    }
    macro(".SH EXAMPLES");
    macro(".nf");
    for (String line : tool.usageMessage().footer()) {
      if (line.startsWith("  ")) {
        text(line.strip());
      }
    }
    macro(".fi");
  }

  private void command(CommandSpec command) {
    macro(".SH " + command.qualifiedName().toUpperCase(Locale.ROOT));
    text(String.join(" ", command.usageMessage().description()));
    for (PositionalParamSpec parameter : command.positionalParameters()) {
      item(parameter.paramLabel(), String.join(" ", parameter.description()));
    }
    for (OptionSpec option : command.options()) {
      String label = option.arity().max() > 0 ? " " + option.paramLabel() : "";
      String names = Stream.of(option.names()).collect(Collectors.joining(", ")) + label;
      item(names, String.join(" ", option.description()));
    }
    String footer = String.join(" ", command.usageMessage().footer()).strip();
    if (!footer.isEmpty()) {
      macro(".PP");
      text(footer);
    }
  }

  private void item(String label, String says) {
    macro(".TP");
    macro(".B " + escape(label));
    text(says);
  }

  private static String sentence(String... lines) {
    return String.join(" ", lines).replaceFirst("\\.$", "");
  }

  private void macro(String line) {
    page.append(line).append('\n');
  }

  private void text(String text) {
    line(escape(text));
  }

  /** A line that begins with a dot or a quote would be a request. */
  private void line(String escaped) {
    boolean request = escaped.startsWith(".") || escaped.startsWith("'");
    page.append(request ? "\\&" : "").append(escaped).append('\n');
  }

  /** Backslashes begin requests, and a hyphen that is typed is {@code \-} (groff_char(7)). */
  private static String escape(String text) {
    return text.replace("\\", "\\e").replace("-", "\\-");
  }
}
