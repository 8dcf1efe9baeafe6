package io.rstscope.watch.record;

import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.net.Durations;
import io.rstscope.report.model.Notice;
import io.rstscope.report.model.NoticeWriter;
import io.rstscope.report.model.Summary;
import io.rstscope.report.words.Format;
import java.util.function.Consumer;

/** Says which connection was lost first while all are recorded, and in the end how many were. */
public final class LossSentences implements NoticeWriter {
  private final long afterLossNanos;
  private final Consumer<String> words;
  private long firstNanos;

  /**
   * @param afterLossNanos after which recording ends, or {@link Long#MAX_VALUE}
   * @param words is told, a sentence at a time
   */
  public LossSentences(long afterLossNanos, Consumer<String> words) {
    this.afterLossNanos = afterLossNanos;
    this.words = words;
  }

  @Override
  public void notice(Notice notice) {
    FlowVerdict verdict = notice.verdict();
    if (firstNanos != 0 || !verdict.isLost()) {
      return;
    }
    firstNanos = verdict.endNanos();
    String ends =
        afterLossNanos == Long.MAX_VALUE
            ? ""
            : "; recording ends in " + Durations.text(afterLossNanos);
    words.accept(
        "first connection lost: %s-%s, %s, ended by %s%s"
            .formatted(
                verdict.flow().client(),
                verdict.flow().broker(),
                verdict.ending().cause().word(),
                verdict.ending().endedBy().word(),
                ends));
  }

  /** When the first connection was lost, ns since 1970; 0 while none is. */
  public long firstNanos() {
    return firstNanos;
  }

  @Override
  public void finish(Summary summary) {
    words.accept(Format.count(summary.lost(), "connection") + " lost meanwhile");
  }
}
