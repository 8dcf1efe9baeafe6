package io.rstscope.capture.live;

import java.util.ArrayList;
import java.util.List;

/**
 * Lets TCP of some ports through, with up to two VLAN tags.
 *
 * <p>{@code vlan} moves the offsets of all that follows it in an expression (pcap-filter(7)), so
 * each level of tags repeats the whole condition.
 *
 * @param ports as {@code 5672,5671,15670-15680}, or {@code any}
 * @param further another condition in the same language, or null
 */
public record KernelFilter(String ports, String further) {

  /** The expression for link types that may carry VLAN tags. */
  public String withVlans() {
    String plain = withoutVlans();
    return plain + " or (vlan and (" + plain + " or (vlan and " + plain + ")))";
  }

  /** The expression for the others, for which {@code vlan} is an error. */
  public String withoutVlans() {
    return further == null ? tcp() : "(" + tcp() + " and (" + further + "))";
  }

  private String tcp() {
    if (ports.equalsIgnoreCase("any")) {
      return "tcp";
    }
    List<String> conditions = new ArrayList<>();
    for (String range : ports.split(",", -1)) {
      String stripped = range.replace(" ", "");
      conditions.add((stripped.contains("-") ? "tcp portrange " : "tcp port ") + stripped);
    }
    return conditions.size() == 1 ? conditions.get(0) : "(" + String.join(" or ", conditions) + ")";
  }
}
