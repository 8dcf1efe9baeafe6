package io.rstscope.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.report.model.Notice;
import io.rstscope.report.model.NoticeWriter;
import io.rstscope.report.model.Summary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Standard output, and whoever reads it or does not. */
@Timeout(30)
class AsyncNoticeWriterTest {
  private static final long PATIENCE_MILLIS = 20_000;

  /** Nothing is written before it is open. */
  private final CountDownLatch reader = new CountDownLatch(1);

  private final List<Long> written = Collections.synchronizedList(new ArrayList<>());
  private final List<String> words = new ArrayList<>();
  private final AsyncNoticeWriter notices =
      new AsyncNoticeWriter(new Output(), words::add, PATIENCE_MILLIS);

  private final class Output implements NoticeWriter {
    @Override
    public void notice(Notice notice) throws IOException {
      try {
        reader.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      if (notice.number() < 0) {
        throw new IOException("Broken pipe");
      }
      written.add(notice.number());
    }

    @Override
    public void finish(Summary summary) {
      written.add(0L);
    }
  }

  @AfterEach
  void close() {
    notices.close();
  }

  private void tell(long number) throws IOException {
    notices.notice(notice(number));
  }

  private static Notice notice(long number) {
    return new Notice(number, 0, "eth0", null, 0, 0);
  }

  @Test
  void shouldWriteAllInItsOrderAndThenTheSummary() throws IOException {
    reader.countDown();
    tell(1);
    tell(2);
    notices.finish(new Summary());
    assertEquals(List.of(1L, 2L, 0L), written);
    assertEquals(List.of(), words);
  }

  @Test
  void shouldKeepNobodyWaitingAndLeaveOutWhatIsTooMuch() throws Exception {
    // one is being written
    for (int i = 1; i <= AsyncNoticeWriter.WAITING + 11; i++) {
      tell(i);
    }
    assertEquals(1, words.size());

    reader.countDown();
    notices.finish(new Summary());

    assertTrue(written.size() - 1 >= AsyncNoticeWriter.WAITING, written.size() + " written");
    int leftOut = AsyncNoticeWriter.WAITING + 11 - (written.size() - 1);
    assertTrue(words.get(1).endsWith(": " + leftOut), words.get(1));
  }

  @Test
  void shouldGiveUpAtTheEndAndSayHowMuchWasNotWritten() throws IOException {
    try (AsyncNoticeWriter impatient = new AsyncNoticeWriter(new Output(), words::add, 20)) {
      impatient.notice(notice(1));
      impatient.notice(notice(2));
      impatient.finish(new Summary());
    }
    assertEquals(List.of(), written);
    assertEquals(1, words.size());
    assertTrue(words.get(0).endsWith(": 2"), words.get(0));
  }

  @Test
  void shouldTellThatNobodyListensAnyMore() throws Exception {
    reader.countDown();
    tell(-1);
    assertThrows(IOException.class, () -> notices.finish(new Summary()));
    assertThrows(IOException.class, notices::check);
  }
}
