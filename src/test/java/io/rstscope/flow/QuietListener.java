package io.rstscope.flow;

/** Lets pass what a test does not ask for. */
class QuietListener implements FlowListener {
  @Override
  public void reset(Flow flow, boolean fromClient, Segment segment) {}

  @Override
  public void segment(Flow flow, boolean fromClient, Segment segment, SegmentKind kind) {}

  @Override
  public void rolesSwapped(Flow flow) {}

  @Override
  public void ended(Flow flow, FlowEnd why) {}
}
