package io.rstscope.watch;

/** Takes flow events of an interface, on the thread that captures it. */
interface FlowEventSink {
  /** Whether one more can be judged soon; else what is ripe is to wait. */
  default boolean hasRoom() {
    return true;
  }

  /** Takes an event, or counts it as not judged when there is no room. */
  void accept(FlowEvent flowEvent);
}
