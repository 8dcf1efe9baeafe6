package io.rstscope.engine;

import io.rstscope.net.HostPort;
import io.rstscope.reset.FlowObservation;
import java.util.List;

/** What the broker itself says of its connections: its log, its list. */
public interface BrokerAccounts {
  /** Of a broker that was not asked. */
  BrokerAccounts NONE =
      new BrokerAccounts() {
        @Override
        public boolean mayKnowLoss(HostPort client, HostPort broker) {
          return false;
        }

        @Override
        public List<FlowObservation> addTo(List<FlowObservation> flows) {
          return flows;
        }
      };

  /** Whether it has a loss between these two: then the flow is judged, however it looks. */
  boolean mayKnowLoss(HostPort client, HostPort broker);

  /** The flows of a capture, each with what is known of it, before they are judged. */
  List<FlowObservation> addTo(List<FlowObservation> flows);
}
