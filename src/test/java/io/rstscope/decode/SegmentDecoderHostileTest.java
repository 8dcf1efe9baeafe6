package io.rstscope.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.decode.SamplePackets.Sample;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes, no exception, and nothing that was not captured. */
class SegmentDecoderHostileTest {
  private static final int MUTATED_PACKETS = 200_000;
  private static final int[] TELLING_BYTES = {0, 1, 4, 6, 0x0f, 0x3f, 0x45, 0x60, 0x7f, 0x80, 0xff};

  static List<Sample> samples() {
    return SamplePackets.all();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldNotReadBeyondWhatWasCapturedWhereverThePacketIsCut(Sample sample) {
    for (int captured = 0; captured <= sample.bytes().length; captured++) {
      var ones = DecodedPacket.cut(sample.linkType(), sample.bytes(), captured, (byte) 0xff);
      var zeros = DecodedPacket.cut(sample.linkType(), sample.bytes(), captured, (byte) 0);
      var text = DecodedPacket.cut(sample.linkType(), sample.bytes(), captured, (byte) 0x45);
      assertEquals(ones.everything(), zeros.everything(), "captured " + captured);
      assertEquals(ones.everything(), text.everything(), "captured " + captured);
      assertInvariants(ones);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldCallAPacketCutWhenTheSnapLengthCutIt(Sample sample) {
    int window = sample.bytes().length - SamplePackets.PAYLOAD.length() - 32 + 16;
    for (int captured = 0; captured <= sample.bytes().length; captured++) {
      var result = DecodedPacket.cut(sample.linkType(), sample.bytes(), captured, (byte) 0xff);
      assertEquals(captured >= window ? 1 : 0, result.decoder.segments(), "captured " + captured);
      assertEquals(captured < window ? 1 : 0, result.decoder.cutHeaders(), "captured " + captured);
    }
  }

  @Test
  void shouldSurviveMutatedPackets() {
    Random random = new Random(5672);
    List<Sample> samples = SamplePackets.all();
    int decoded = 0;
    for (int i = 0; i < MUTATED_PACKETS; i++) {
      Sample sample = samples.get(random.nextInt(samples.size()));
      byte[] bytes = mutated(sample.bytes(), random);
      int captured = random.nextInt(4) == 0 ? random.nextInt(bytes.length + 1) : bytes.length;
      var result = DecodedPacket.cut(sample.linkType(), bytes, captured, (byte) 0xff);
      assertInvariants(result);
      decoded += result.decoded ? 1 : 0;
    }
    assertTrue(decoded > MUTATED_PACKETS / 10, "too few decode to prove anything: " + decoded);
  }

  private static byte[] mutated(byte[] original, Random random) {
    byte[] bytes = original.clone();
    for (int n = random.nextInt(4); n >= 0; n--) {
      int at = random.nextInt(bytes.length);
      bytes[at] =
          (byte)
              switch (random.nextInt(3)) {
                case 0 -> bytes[at] ^ 1 << random.nextInt(8);
                case 1 -> random.nextInt(256);
                default -> TELLING_BYTES[random.nextInt(TELLING_BYTES.length)];
              };
    }
    return bytes;
  }

  static void assertInvariants(DecodedPacket result) {
    SegmentDecoder decoder = result.decoder;
    assertEquals(
        1,
        decoder.segments()
            + decoder.otherPackets()
            + decoder.laterFragments()
            + decoder.cutHeaders()
            + decoder.malformed()
            + decoder.unsupportedLinkType());
    assertEquals(result.decoded, decoder.segments() == 1);
    if (!result.decoded) {
      return;
    }
    Segment segment = result.segment;
    assertTrue(segment.payloadOffset >= result.packet.offset);
    assertTrue(segment.payloadCaptured >= 0);
    assertTrue(segment.payloadCaptured <= segment.payloadLength);
    assertTrue(segment.payloadOffset + segment.payloadCaptured <= result.capturedEnd());
    assertTrue(segment.ipVersion == 4 || segment.ipVersion == 6);
    assertTrue(segment.sourcePort == 5672 || segment.destinationPort == 5672);
  }
}
