package io.rstscope.report.html;

import io.rstscope.report.model.Table;
import io.rstscope.report.words.Format;
import io.rstscope.report.words.Printable;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** A page of tables for a browser, in the style of the report, without scripts. */
public final class HtmlTables {
  private final Writer out;

  /** Writes to {@code out}, which is not closed but flushed at the end; UTF-8 is meant. */
  public HtmlTables(Writer out) {
    this.out = out;
  }

  /**
   * Writes the page.
   *
   * @param tool name and version of the program, for the foot of the page
   */
  public void write(String headline, List<Table> tables, String tool) throws IOException {
    String style = HtmlPage.resource("page.css");
    for (String part : HtmlPage.resource("tables.html").split("(?<=\\}\\})|(?=\\{\\{)")) {
      switch (part) {
        case "{{policy}}" -> out.write(HtmlPage.policy(style));
        case "{{headline}}" -> out.write(text(headline));
        case "{{style}}" -> out.write(style);
        case "{{tool}}" -> out.write(text(tool));
        case "{{tables}}" -> {
          for (Table table : tables) {
            table(table);
          }
        }
        default -> out.write(part);
      }
    }
    out.flush();
  }

  private void table(Table table) throws IOException {
    out.write("<section>\n<h2>" + text(table.title()) + "</h2>\n");
    out.write("<p>" + text(table.note()) + "</p>\n");
    if (!table.rows().isEmpty()) {
      out.write("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"");
      out.write(text(table.title()) + "\">\n<table>\n<thead><tr>");
      for (Table.Column column : table.columns()) {
        out.write("<th scope=\"col\"" + number(column) + ">" + text(column.head()) + "</th>");
      }
      out.write("</tr></thead>\n<tbody>\n");
      for (List<String> row : table.rows()) {
        row(table, row);
      }
      out.write("</tbody>\n</table>\n</div>\n");
    }
    if (table.more() > 0) {
      out.write("<p class=\"note\">and " + Format.grouped(table.more()) + " more</p>\n");
    }
    out.write("</section>\n");
  }

  private void row(Table table, List<String> row) throws IOException {
    out.write("<tr>");
    for (int i = 0; i < row.size(); i++) {
      out.write("<td" + number(table.columns().get(i)) + ">" + text(row.get(i)) + "</td>");
    }
    out.write("</tr>\n");
  }

  private static String number(Table.Column column) {
    return column.number() ? " class=\"number\"" : "";
  }

  /** Text from captures is never HTML. */
  private static String text(String text) {
    return HtmlPage.escaped(Printable.of(text));
  }
}
