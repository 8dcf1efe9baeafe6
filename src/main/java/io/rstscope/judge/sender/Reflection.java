package io.rstscope.judge.sender;

import io.rstscope.judge.context.CaptureContext;
import io.rstscope.judge.context.FlowContext;
import io.rstscope.judge.context.Thresholds;
import io.rstscope.reset.EndpointState;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Shape;
import java.util.List;

/**
 * The reset carries fields of the packet that it answers, of the other side's that is: some devices
 * turn that packet round and leave in it what they need not change. A kernel fills in its own.
 */
public final class Reflection implements Clue {
  @Override
  public Evidence examine(ResetObservation reset, FlowContext flow, CaptureContext captureContext) {
    EndpointState other = reset.other();
    int id = reset.packet().ipId();
    int window = reset.packet().window();
    boolean sameId = id > 0 && other.ipId() == id && !isItsOwn(id, reset.sender());
    boolean sameWindow =
        window != 0
            && other.packets() > 0
            && other.window() == window
            && reset.sender().window() != window;
    boolean telling = sameId && reset.sender().packets() > 0;
    boolean both = sameId && sameWindow;
    if (!telling && !both && !(sameWindow && reset.shape() == Shape.CRAFTED)) {
      return null;
    }
    String copied = sameId ? "the IP ID " + id : "the window " + window;
    return new Evidence(
        ClueKind.REFLECTION,
        Sender.MIDDLEBOX,
        sameId ? Weights.REFLECTED_ID : Weights.REFLECTED_WINDOW,
        false,
        "it carries "
            + copied
            + (both ? " and the window " + window : "")
            + " of the other side's last packet: a device turned that packet around",
        List.of(other.lastFrame(), reset.packet().frame()));
  }

  /** Hosts that count their packets from the same number meet now and then. */
  private static boolean isItsOwn(int id, EndpointState sender) {
    return sender.packets() > 0 && (id - sender.ipId() & 0xffff) <= Thresholds.IP_ID_STEPS;
  }
}
