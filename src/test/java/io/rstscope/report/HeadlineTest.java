package io.rstscope.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.testing.Talk;
import org.junit.jupiter.api.Test;

class HeadlineTest {
  private static String headline(Talk... talks) {
    CaptureReport capture = Reports.capture("a.pcap", talks);
    PageCauses causes = new PageCauses();
    for (FlowVerdict verdict : capture.flows()) {
      causes.add(verdict);
    }
    return Headline.of(Reports.summary(capture), causes);
  }

  @Test
  void shouldNameTheDeviceItsTimerAndTheHeartbeats() {
    assertEquals(
        "2 of 3 lost connections were cut by a device in the path that forgets idle connections"
            + " after 300 s; heartbeats were off.",
        headline(
            Samples.deviceTimeout(40_001),
            Samples.deviceTimeout(40_002),
            Samples.clientAbort(40_003)));
  }

  @Test
  void shouldSpeakOfOneConnectionAsOfOne() {
    assertEquals(
        "The one lost connection was ended by the client's side without a goodbye: a crash, a kill or"
            + " a closed socket.",
        headline(Samples.clientAbort(40_001)));
  }

  @Test
  void shouldNotBlameTheDeviceForWhatIsNotKnown() {
    assertEquals(
        "The one lost connection ended for a reason that the packets do not tell.",
        headline(Samples.onlyReset(40_001)));
  }

  @Test
  void shouldSayWhenNothingWasLost() {
    assertEquals(
        "No connection was lost; 1 connection ended harmlessly.",
        headline(Samples.normalClose(40_001)));
    assertEquals(
        "No connection was lost, but 1 attempt to connect was refused.",
        headline(Samples.refused(40_001)));
  }
}
