package io.rstscope.report.words;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rstscope.decode.OtherPort;
import io.rstscope.decode.OtherPort.Look;
import io.rstscope.report.model.CaptureQuality;
import io.rstscope.report.model.LeftOut;
import java.util.List;
import org.junit.jupiter.api.Test;

class QualityTextTest {
  private static String notesBeside(OtherPort... ports) {
    return QualityText.notes(
        new CaptureQuality(
            900, 90, 3, LeftOut.NOTHING, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, List.of(ports), 0));
  }

  @Test
  void shouldNameABrokersPortThatWasNotRead() {
    assertEquals(
        "not read: port 5671: 166 packets, TLS to RabbitMQ; add -p 5671",
        notesBeside(new OtherPort(5671, 166, Look.TLS)));
    assertEquals(
        "not read: port 8672: 7 packets, AMQP; add -p 8672",
        notesBeside(new OtherPort(8672, 7, Look.AMQP)));
  }

  @Test
  void shouldNotNameOtherServicesBesideTheBroker() {
    assertEquals(
        "", notesBeside(new OtherPort(443, 700, Look.TLS), new OtherPort(22, 34, Look.UNKNOWN)));
  }
}
