package io.rstscope.judge.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Devices whose timer may be the one that was found. */
class KnownDeviceTest {
  private static long nanos(double seconds) {
    return Math.round(seconds * 1e9);
  }

  private static boolean fits(KnownDevice device, double least, double most, Expiry expiry) {
    return device.fits(nanos(least), nanos(most), expiry);
  }

  @ParameterizedTest
  @EnumSource
  void shouldSayWhatEachIsAndWhereThatIsKnownFrom(KnownDevice device) {
    assertTrue(device.explanation().startsWith(device.title() + ": " + device.seconds() + " s"));
    assertFalse(device.setting().isBlank());
    assertTrue(device.explanation().contains(device.setting()));
    assertEquals(device.name().toLowerCase(Locale.ROOT).replace('_', '-'), device.word());
  }

  @Test
  void shouldFitATimerAroundItsDefaultOfItsBehaviour() {
    assertTrue(fits(KnownDevice.AWS_NLB, 340, 360, Expiry.REJECTS_LATER));
    assertFalse(fits(KnownDevice.AWS_NLB, 340, 360, Expiry.CLOSES));
    assertFalse(fits(KnownDevice.AWS_NLB, 300, 342, Expiry.REJECTS_LATER));
    assertFalse(fits(KnownDevice.AWS_NLB, 358, 400, Expiry.REJECTS_LATER));
  }

  @Test
  void shouldAllowTimersToTickCoarsely() {
    assertTrue(fits(KnownDevice.F5_BIG_IP, 305, 305, Expiry.RESETS_BOTH));
    assertFalse(fits(KnownDevice.F5_BIG_IP, 307, 307, Expiry.RESETS_BOTH));
    assertTrue(fits(KnownDevice.F5_BIG_IP, 295, 295, Expiry.RESETS_BOTH));
    assertFalse(fits(KnownDevice.F5_BIG_IP, 293, 293, Expiry.RESETS_BOTH));
  }

  /** No device at all fits wider bounds, so that a match says something. */
  @Test
  void shouldSayNothingWhereTheBoundsAreTooWide() {
    assertTrue(KnownDevice.fitting(nanos(240), nanos(360), Expiry.REJECTS_LATER).size() > 1);
    assertEquals(List.of(), KnownDevice.fitting(nanos(240), nanos(360) + 1, Expiry.REJECTS_LATER));
    assertEquals(List.of(), KnownDevice.fitting(-1, nanos(350), Expiry.REJECTS_LATER));
  }

  @Test
  void shouldTakeOneResetForTheHalfOfTwoThatACaptureNearOneSideShows() {
    assertTrue(fits(KnownDevice.F5_BIG_IP, 300, 300, Expiry.RESETS));
    assertFalse(fits(KnownDevice.NGINX_STREAM, 600, 600, Expiry.RESETS));
  }
}
