package io.rstscope.judge.cause;

import io.rstscope.reset.LoggedEnd;

/** What the broker's log says of an end, where the packets do not say it. */
final class Logged {
  private Logged() {}

  static boolean is(End end, LoggedEnd logged) {
    return end.flow().account().logged() == logged && end.close() == null;
  }

  /** The same of an end before which connection.close may have been sent unseen. */
  static boolean isUnread(End end, LoggedEnd logged) {
    return is(end, logged)
        && (end.isTls()
            || Unread.isWithoutPayload(end)
            || Unread.isTooShort(end)
            || Unread.isGappy(end)
            || Unread.isCut(end));
  }
}
