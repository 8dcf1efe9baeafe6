package io.rstscope.judge.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.ConnectionClose;
import io.rstscope.net.Side;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a broker says that was told to close. */
class ForcedCloseTest {
  private static final String SHUTDOWN =
      "CONNECTION_FORCED - broker forced connection closure with reason 'shutdown'";

  private static ConnectionClose said(Side by, int code, String condition, String text) {
    return new ConnectionClose(by, code, condition, text, -1, 0, 0, null);
  }

  private static ConnectionClose said(String text) {
    return said(Side.BROKER, 320, "connection-forced", text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        SHUTDOWN + " | true",
        "CONNECTION_FORCED - Closed via management plugin: planned shutdown of orders | false",
        "CONNECTION_FORCED - shutdown of the node at noon | false",
        "CONNECTION_FORCED - maintenance | false"
      })
  void shouldTakeOnlyRabbitmqsOwnWordsForAShutdown(String text, boolean shutdown) {
    assertEquals(shutdown, ForcedClose.isShutdown(said(text)));
  }

  @Test
  void shouldKnowItInAmqp10() {
    ConnectionClose forced =
        said(Side.BROKER, -1, "amqp:connection:forced", "Connection forced: shutdown");

    assertTrue(ForcedClose.isForced(forced));
    assertTrue(ForcedClose.isShutdown(forced));
    assertTrue(
        ForcedClose.isShutdown(said(Side.BROKER, -1, "amqp:internal-error", "\"shutdown\"")));
    assertFalse(ForcedClose.isShutdown(said(Side.BROKER, -1, "amqp:internal-error", "no memory")));
    assertFalse(ForcedClose.isShutdown(said(Side.BROKER, -1, "amqp:not-found", "shutdown")));
  }

  /** The length of a text stands before it, and a shutdown's is always the same. */
  @ParameterizedTest
  @CsvSource({"75, true", "-1, true", "35, false", "76, false"})
  void shouldNotTakeACutTextOfAnotherLengthForAShutdowns(int bytes, boolean mayBe) {
    ConnectionClose cut =
        new ConnectionClose(
            Side.BROKER, 320, "connection-forced", "CONNECTION_FORCE…", bytes, -1, -1, null);

    assertEquals(mayBe, ForcedClose.isCut(cut));
  }

  @Test
  void shouldKnowAnOperatorsCloseInAmqp10() {
    ConnectionClose operators =
        said(Side.BROKER, -1, "amqp:internal-error", "Connection forced: <<\"ops\">>");

    assertTrue(ForcedClose.isForced(operators));
    assertFalse(ForcedClose.isShutdown(operators));
    assertFalse(ForcedClose.isForced(said(Side.BROKER, -1, "amqp:internal-error", "no memory")));
  }

  @Test
  void shouldBelieveNoClient() {
    assertFalse(ForcedClose.isForced(said(Side.CLIENT, 320, null, SHUTDOWN)));
    assertFalse(ForcedClose.isShutdown(said(Side.CLIENT, 320, null, SHUTDOWN)));
    assertFalse(ForcedClose.isForced(null));
    assertFalse(ForcedClose.isShutdown(null));
    assertFalse(ForcedClose.isForced(said(Side.BROKER, 541, null, SHUTDOWN)));
  }

  @Test
  void shouldKnowWhetherTheCaptureCutsWhatWouldTell() {
    assertTrue(ForcedClose.isCut(said(null)));
    assertTrue(ForcedClose.isCut(said("")));
    assertTrue(ForcedClose.isCut(said("CONNECTION_FORCED - broker forced…")));
    assertFalse(ForcedClose.isCut(said("CONNECTION_FORCED - maintenance")));
    assertFalse(ForcedClose.isCut(said("x".repeat(75) + "…")), "a shutdown's text would be there");
    assertTrue(ForcedClose.isCut(said("x".repeat(74) + "…")));
  }
}
