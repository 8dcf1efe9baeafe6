package io.rstscope.report.text;

import io.rstscope.report.model.Table;
import io.rstscope.report.words.Format;
import io.rstscope.report.words.Printable;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;

/** A page of tables as text. */
public final class TableText {
  private static final int WIDTH = 78;

  private final Writer out;

  /** Writes to {@code out}, which is not closed but flushed at the end. */
  public TableText(Writer out) {
    this.out = out;
  }

  /** Writes the page. */
  public void write(String headline, List<Table> tables) throws IOException {
    paragraph("", headline);
    for (Table table : tables) {
      out.write("\n" + Printable.of(table.title()) + "\n");
      paragraph("  ", table.note());
      if (!table.rows().isEmpty()) {
        rows(table);
      }
      if (table.more() > 0) {
        out.write("  and " + Format.grouped(table.more()) + " more\n");
      }
    }
    out.flush();
  }

  private void paragraph(String indent, String text) throws IOException {
    for (String line : Paragraph.wrap(Printable.of(text), WIDTH - indent.length())) {
      out.write(indent + line + "\n");
    }
  }

  private void rows(Table table) throws IOException {
    int[] widths = new int[table.columns().size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = table.columns().get(i).head().length();
      for (List<String> row : table.rows()) {
        widths[i] = Math.max(widths[i], DisplayWidth.of(Printable.of(row.get(i))));
      }
    }
    List<String> heads =
        table.columns().stream().map(each -> each.head().toUpperCase(Locale.ROOT)).toList();
    row(table, heads, widths);
    for (List<String> row : table.rows()) {
      row(table, row, widths);
    }
  }

  private void row(Table table, List<String> cells, int[] widths) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = Printable.of(cells.get(i));
      String pad = " ".repeat(widths[i] - DisplayWidth.of(cell));
      line.append("  ").append(table.columns().get(i).number() ? pad + cell : cell + pad);
    }
    out.write(line.toString().stripTrailing() + "\n");
  }
}
