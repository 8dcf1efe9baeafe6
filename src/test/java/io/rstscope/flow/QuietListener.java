package io.rstscope.flow;

import io.rstscope.decode.Segment;
import io.rstscope.net.Side;

/** Lets pass what a test does not ask for. */
class QuietListener implements FlowListener {
  @Override
  public void reset(Flow flow, Side from, Segment segment) {}

  @Override
  public void segment(Flow flow, Side from, Segment segment, SegmentKind kind) {}

  @Override
  public void rolesSwapped(Flow flow) {}

  @Override
  public void ended(Flow flow, FlowEnd why) {}
}
