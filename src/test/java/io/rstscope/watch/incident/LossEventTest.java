package io.rstscope.watch.incident;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.incident.Incident;
import io.rstscope.report.model.IncidentNotice;
import io.rstscope.report.model.IncidentNotice.Missed;
import io.rstscope.report.model.Notice;
import io.rstscope.report.words.IncidentText;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import java.util.List;
import org.junit.jupiter.api.Test;

class LossEventTest {
  private static final long SECOND = 1_000_000_000L;

  private final LossEvent event = new LossEvent(0);

  private static FlowVerdict lost(String client, int port) {
    return Analysis.of(new Talk(client, port).open(60).socketReset(CLIENT));
  }

  private static Notice notice(long number, int revision, FlowVerdict verdict) {
    return new Notice(number, revision, "eth0", verdict, 0, 0);
  }

  private void add(FlowVerdict... verdicts) {
    for (int i = 0; i < verdicts.length; i++) {
      event.add(notice(i + 1, 0, verdicts[i]), 0);
    }
  }

  private IncidentNotice notice() {
    return event.notice(Missed.NOTHING);
  }

  @Test
  void shouldBeOverWhenNothingWasLostForAWhile() {
    event.add(notice(1, 0, lost("10.0.0.1", 1)), 4 * SECOND);

    assertFalse(event.isOver(8 * SECOND));
    assertTrue(event.isOver(10 * SECOND));
  }

  @Test
  void shouldBeOverThoughMoreAndMoreIsLost() {
    for (int i = 1; i <= 29; i++) {
      event.add(notice(i, 0, lost("10.0.0.1", i)), i * SECOND);
      assertFalse(event.isOver(i * SECOND));
    }

    assertTrue(event.isOver(31 * SECOND));
  }

  @Test
  void shouldNotGoOnForARevision() {
    add(lost("10.0.0.1", 1));
    event.add(notice(1, 1, lost("10.0.0.1", 1)), 4 * SECOND);

    assertTrue(event.isOver(6 * SECOND));
  }

  @Test
  void shouldBeOneIncidentWhenAClientLosesAllItsConnections() {
    add(lost("10.0.0.1", 1), lost("10.0.0.1", 2), lost("10.0.0.1", 3));

    IncidentNotice notice = notice();

    assertEquals(List.of(3), connections(notice));
    assertEquals(1, notice.first().number());
    assertEquals(1, notice.first().verdict().incident());
    assertEquals(
        "3 connections lost: client abort (killed or closed its socket); at once, all from client"
            + " host 10.0.0.1 to broker 10.0.0.2:5672; same name \"orders-7\", client library \"Pika"
            + " Python Client Library\"",
        IncidentText.of(notice));
  }

  @Test
  void shouldHaveAConnectionThatIsLostAloneAsAnIncidentOfOne() {
    add(lost("10.0.0.1", 1));

    IncidentNotice notice = notice();

    assertEquals(List.of(1), connections(notice));
    assertEquals(1, notice.first().verdict().incident());
    assertEquals(
        "1 connection lost: client abort (killed or closed its socket); from client host 10.0.0.1"
            + " to broker 10.0.0.2:5672; name \"orders-7\", client library \"Pika Python Client"
            + " Library\"",
        IncidentText.of(notice));
  }

  @Test
  void shouldBeginWithTheIncidentOfMostLosses() {
    add(lost("10.0.0.9", 1), lost("10.0.0.1", 2), lost("10.0.0.1", 3));

    IncidentNotice notice = notice();

    assertEquals(List.of(2, 1), connections(notice));
    assertEquals("10.0.0.1", notice.first().verdict().flow().client().address());
    assertEquals(
        "3 connections lost in 2 incidents: client abort (killed or closed its socket)",
        IncidentText.of(notice));
  }

  @Test
  void shouldSayTheLatestVerdictOnly() {
    add(lost("10.0.0.1", 1));
    FlowVerdict other = Analysis.of(new Talk("10.0.0.1", 1).open(60).socketReset(BROKER));
    event.add(notice(1, 1, other), 0);

    assertEquals(List.of(other.ending().cause()), List.copyOf(event.losses().causes()));
  }

  @Test
  void shouldHaveNoLossWhenAConnectionWasRefusedOrTheLossWasTakenBack() {
    FlowVerdict probe = Analysis.of(new Talk("10.0.0.1", 1).connect().socketReset(CLIENT));
    add(lost("10.0.0.1", 1));
    event.add(notice(1, 1, probe), 0);

    assertEquals(0, event.losses().total());
  }

  @Test
  void shouldCountAllOfAMassLossAndExamineSome() {
    FlowVerdict lost = lost("10.0.0.1", 1);
    long all = 20L * LossEvent.EXAMINED;
    for (int i = 1; i <= all; i++) {
      event.add(notice(i, 0, lost), 0);
    }

    IncidentNotice notice = notice();

    assertEquals(all, notice.losses().of(Cause.CLIENT_ABORT));
    assertEquals(List.of(LossEvent.EXAMINED), connections(notice));
    assertTrue(IncidentText.of(notice).startsWith("20,000 connections lost"));
  }

  @Test
  void shouldListTheLargestIncidentsAndCountTheOthers() {
    for (int i = 1; i <= LossEvent.LISTED + 3; i++) {
      event.add(notice(i, 0, lost("10.0.1." + i, 1)), 0);
    }

    assertEquals(LossEvent.LISTED, notice().incidents().size());
    assertEquals(3, notice().incidentsLeftOut());
  }

  private static List<Integer> connections(IncidentNotice notice) {
    return notice.incidents().stream().map(Incident::connections).toList();
  }
}
