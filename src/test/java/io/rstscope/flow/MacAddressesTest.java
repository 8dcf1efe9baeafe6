package io.rstscope.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.rstscope.decode.Segment;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MacAddressesTest {
  private static final int MOST = 0xffff;

  private final MacAddresses macs = new MacAddresses();

  @Test
  void shouldTellAddressesApartAndGiveThemBack() {
    Random random = new Random(11);
    Map<Long, Integer> numbers = new HashMap<>();
    for (int i = 0; i < 100_000; i++) {
      long mac = 0x02_00_00_00_00_00L + random.nextInt(20_000);
      int number = macs.number(mac);
      assertEquals(number, numbers.computeIfAbsent(mac, any -> number));
      assertEquals(mac, macs.mac(number));
    }
  }

  @Test
  void shouldTellNoAddressFromOneOfZerosAndOneOfOnes() {
    assertEquals(MacAddresses.NONE, macs.number(Segment.NO_MAC));
    assertNotEquals(MacAddresses.NONE, macs.number(0));
    assertNotEquals(MacAddresses.NONE, macs.number(0xffff_ffff_ffffL));
  }

  @Test
  void shouldTakeAddressesForNoneWhenThereAreTooManyAndKeepThoseItHas() {
    for (int i = 1; i <= MOST; i++) {
      assertEquals(i, macs.number(i));
    }
    assertEquals(MacAddresses.NONE, macs.number(MOST + 1L));
    assertEquals(MOST, macs.number(MOST));
    assertEquals(1, macs.mac(1));
  }
}
