package io.rstscope.cli;

import io.rstscope.net.Term;
import io.rstscope.report.csv.Column;
import io.rstscope.report.json.Field;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * A manual page in the macros of man(7): a text of {@code src/main/man}, in which a line such as
 * {@code @options} stands for what the program knows of itself.
 */
final class ManPage {
  private static final String VERSION = "@version@";
  private static final String WATCH = "watch";

  private final CommandSpec command;
  private final StringBuilder page = new StringBuilder();

  private ManPage(CommandSpec command) {
    this.command = command;
  }

  /**
   * The page as roff.
   *
   * @param version such as {@code rstscope 1.0}
   */
  static String of(CommandSpec command, List<String> text, String version) {
    ManPage page = new ManPage(command);
    text.forEach(line -> page.add(line, version));
    return page.page.toString();
  }

  private void add(String line, String version) {
    switch (line) {
      case "@synopsis" -> synopsis();
      case "@commands" -> commands();
      case "@options" -> options();
      case "@json" -> terms(Stream.of(Field.values()).filter(reportedBy(command.name())));
      case "@csv" -> terms(Stream.of(Column.values()));
      case "@exit-status" -> exitStatus();
      default -> write(line.replace(VERSION, version));
    }
  }

  /** Options are not torn apart at their hyphens. */
  private void synopsis() {
    write(".nh");
    write(".ad l");
    text(new Help(command, Help.Ansi.OFF).synopsis(0).replaceAll("\\s+", " "));
    write(".ad b");
    write(".hy");
  }

  private void commands() {
    command.subcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .filter(Documents::hasPage)
        .forEach(each -> item(each.name(), description(each) + " See " + page(each) + "."));
  }

  private static String description(CommandSpec command) {
    return String.join(" ", command.usageMessage().description());
  }

  private static String page(CommandSpec command) {
    return command.qualifiedName("-") + "(1)";
  }

  private void options() {
    for (PositionalParamSpec parameter : command.positionalParameters()) {
      item(parameter.paramLabel(), parameter.description());
    }
    for (OptionSpec option : command.options()) {
      String label = option.arity().max() > 0 ? " " + option.paramLabel() : "";
      item(String.join(", ", option.names()) + label, option.description());
    }
  }

  /** Fields that only one of the commands reports say so at their beginning. */
  private static Predicate<Field> reportedBy(String command) {
    return command.equals(WATCH)
        ? field ->
            !field.explanation().startsWith("with --")
                && !field.explanation().startsWith("archive:")
                && !field.word().startsWith("broker_logs")
        : field -> !field.explanation().startsWith(WATCH + ":");
  }

  private void terms(Stream<? extends Term> terms) {
    terms.forEach(term -> item(term.word(), term.explanation()));
  }

  private void exitStatus() {
    Map<String, String> statuses = command.root().usageMessage().exitCodeList();
    statuses.forEach(this::item);
  }

  private void item(String label, String... says) {
    write(".TP");
    write(".B " + escape(label));
    text(String.join(" ", says));
  }

  /** A line that begins with a dot or a quote would be a request. */
  private void text(String text) {
    boolean request = text.startsWith(".") || text.startsWith("'");
    write((request ? "\\&" : "") + escape(text));
  }

  private void write(String line) {
    page.append(line).append('\n');
  }

  /** Backslashes begin requests, and a hyphen that is typed is {@code \-} (groff_char(7)). */
  private static String escape(String text) {
    return text.replace("\\", "\\e").replace("-", "\\-");
  }
}
