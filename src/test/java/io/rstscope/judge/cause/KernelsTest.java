package io.rstscope.judge.cause;

import static io.rstscope.judge.cause.Story.assertHolds;
import static io.rstscope.judge.cause.Story.assertHoldsNot;
import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.net.Side;
import io.rstscope.reset.witness.SocketError;
import io.rstscope.reset.witness.SocketError.Meaning;
import io.rstscope.testing.Talk;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What follows from the error that the kernel told a program of its socket. */
class KernelsTest {
  private static final SocketError NONE = null;

  private static SocketError error(Side of, Meaning meaning, String name, Talk talk) {
    return new SocketError(of, name, meaning, talk.now());
  }

  private static SocketError timedOut(Talk talk) {
    return error(BROKER, Meaning.GAVE_UP, "ETIMEDOUT", talk);
  }

  /** Fewer retransmissions than prove a loss, as with a short TCP_USER_TIMEOUT. */
  private static Talk asking() {
    return new Talk()
        .open(60)
        .pause(Duration.ofSeconds(3))
        .data(BROKER, new byte[40])
        .pause(Duration.ofMillis(300))
        .again(BROKER)
        .pause(Duration.ofSeconds(2));
  }

  @Test
  void shouldKnowALossByTheKernelThatGaveUp() {
    Ending ending = Story.of(timedOut(asking()), asking()).ending();

    assertHolds(Fact.KERNEL_GAVE_UP, timedOut(asking()), asking());
    assertHoldsNot(Fact.KERNEL_GAVE_UP, NONE, asking());
    assertEquals(Cause.SILENT_DROP, ending.cause());
    assertTrue(ending.confidence() >= 0.9, ending.confidence() + "");
    assertEquals(
        "the kernel of the broker's host gave the connection up: what it sent, or its keep-alive, got"
            + " no ACK for too long (ETIMEDOUT)",
        ending.says());
    assertEquals(Cause.STILL_OPEN, Story.of(NONE, asking()).ending().cause());
  }

  @Test
  void shouldSayThatTheOtherHostCouldNotBeReached() {
    SocketError error = error(BROKER, Meaning.UNREACHABLE, "EHOSTUNREACH", asking());
    Ending ending = Story.of(error, asking()).ending();

    assertHolds(Fact.KERNEL_UNREACHABLE, error, asking());
    assertEquals(Cause.SILENT_DROP, ending.cause());
    assertTrue(ending.says().endsWith("cannot be reached (EHOSTUNREACH)"), ending.says());
  }

  @Test
  void shouldKnowAConnectionOfWhichNoPacketWasUnanswered() {
    Talk talk = new Talk().open(0).pause(Duration.ofSeconds(200));

    assertEquals(Cause.SILENT_DROP, Story.of(timedOut(talk), talk).ending().cause());
  }

  @Test
  void shouldNotBelieveAnErrorOfASocketThatGoesOn() {
    SocketError error = error(BROKER, Meaning.UNREACHABLE, "EHOSTUNREACH", asking());
    Talk goesOn = asking().pause(Duration.ofSeconds(1)).data(BROKER, new byte[9]).ack(CLIENT);

    assertHoldsNot(Fact.KERNEL_UNREACHABLE, error, goesOn);
    assertEquals(Cause.STILL_OPEN, Story.of(error, goesOn).ending().cause());
  }

  /** Its kernel sends the reset of keep-alive that ran out, and then reports. */
  @Test
  void shouldNotTakeAKernelThatGaveUpForTheEndOfItsProgram() {
    Talk talk = new Talk().open(0).pause(Duration.ofSeconds(97)).socketReset(BROKER);
    Ending ending = Story.of(timedOut(talk), talk).ending();

    assertEquals(Cause.SILENT_DROP, ending.cause());
    assertNotEquals(Cause.SILENT_DROP, Story.of(NONE, talk).ending().cause());
  }

  @Test
  void shouldNotTakeAHostWhoseKernelGaveUpForOneThatForgot() {
    Talk before = asking();
    SocketError error = timedOut(before);
    Talk talk = before.pause(Duration.ofSeconds(90)).data(CLIENT, new byte[9]).bareReset(BROKER);

    assertEquals(Cause.SILENT_DROP, Story.of(error, talk).ending().cause());
    assertNotEquals(Cause.SILENT_DROP, Story.of(NONE, talk).ending().cause());
  }

  @Test
  void shouldNotTakeARefusalForAConnectionThatWasGivenUp() {
    Talk talk = new Talk().syn();
    SocketError error = error(CLIENT, Meaning.UNREACHABLE, "ECONNREFUSED", talk);

    assertEquals(Cause.REFUSED, Story.of(error, talk.refusal()).ending().cause());
    assertHoldsNot(Fact.KERNEL_UNREACHABLE, error, talk);
  }

  @Test
  void shouldKnowOfAResetThatTheCaptureLacks() {
    Talk talk = new Talk().open(60);
    SocketError error = error(BROKER, Meaning.RESET, "ECONNRESET", talk);

    assertHolds(Fact.KERNEL_RESET, error, talk);
    assertEquals(Cause.UNDETERMINED, Story.of(error, talk).ending().cause());
    assertHoldsNot(Fact.KERNEL_RESET, error, talk.socketReset(CLIENT));
  }

  @Test
  void shouldKnowASocketThatWasDestroyed() {
    Talk talk = new Talk().open(60).pause(Duration.ofSeconds(30)).socketReset(BROKER);
    SocketError error = error(BROKER, Meaning.DESTROYED, "ECONNABORTED", talk);

    assertHolds(Fact.KERNEL_DESTROYED, error, talk);
    assertNotEquals(Cause.IDLE_TIMEOUT, Story.of(error, talk).ending().cause());
    assertHoldsNot(
        Fact.KERNEL_DESTROYED, error(CLIENT, Meaning.DESTROYED, "ECONNABORTED", talk), talk);
  }
}
